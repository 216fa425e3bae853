// A program of a vendor's on this PC, by what every Windows has: cscript ask.js pair CODE · read_card TOKEN.
var verb = WScript.Arguments(0);
var secret = WScript.Arguments(1);
var http = new ActiveXObject('WinHttp.WinHttpRequest.5.1');
http.Open('POST', 'http://127.0.0.1:24725/v1/' + verb, false);
http.SetRequestHeader('Content-Type', 'application/json');
if (verb === 'pair') {
  http.Send('{"code":"' + secret + '"}');
} else {
  http.SetRequestHeader('Authorization', 'Bearer ' + secret);
  http.Send('{"wait_s":20}');
}
// A console has its own code page; JSON has a way to write every letter in ASCII.
WScript.Echo(
  http.ResponseText.replace(/[^ -~]/g, function (letter) {
    return '\\u' + ('000' + letter.charCodeAt(0).toString(16)).slice(-4);
  })
);
