; The programs that run: ended politely where that is possible, gone on with where it is not, and started again.
;
; A start without a window and one with it hold the same hidden window, by which a later start finds them in this
; session; another user's session has its own, which nobody reaches from here.

!define HIDDEN_WINDOW "jp.madoguchi.terminal-sic"
!define HIDDEN_WINDOW_OF_STREET "jp.madoguchi.street-sic"
!define WINDOW "Tauri Window"
!define TITLE "窓口"
!define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
; TOKEN_DUPLICATE and TOKEN_QUERY
!define LOOK_AT_TOKEN 0x000A
!define MAXIMUM_ALLOWED 0x02000000
!define SECURITY_IMPERSONATION 2
!define TOKEN_PRIMARY 1
!define LOGON_WITH_PROFILE 1
; Bytes of STARTUPINFOW and of PROCESS_INFORMATION.
!define START_SIZE 104
!define STARTED_SIZE 24

; As whom the counter and the street's software ran before this setup ended them; 0 = they did not run here.
Var Counter
Var Street
; What the counter is told when it is started again.
Var CounterWords

; $2 becomes 1 where the file is there and a running program holds it.
!macro LOOK_WHETHER_HELD FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      StrCpy $2 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

; Only where one is here to hear it: a start in a session without a screen may come to nothing.
!macro TELL_TO_END CLASS WORDS
  FindWindow $0 "${CLASS}"
  ${If} $0 <> 0
  ${AndIf} ${FileExists} "$INSTDIR\madoguchi.exe"
    ExecWait '"$INSTDIR\madoguchi.exe" ${WORDS}'
  ${EndIf}
!macroend

; Ends the program that runs, and waits until its files are free. A street's own software is another program to Windows,
; and the same file. A command that a script runs is not ended from here. $2 is 1 where a file is still held.
!macro END_PROGRAM
  !insertmacro TELL_TO_END "${HIDDEN_WINDOW}" "--end"
  !insertmacro TELL_TO_END "${HIDDEN_WINDOW_OF_STREET}" "--end --street"
  ${ForEach} $1 1 40 + 1
    StrCpy $2 0
    !insertmacro LOOK_WHETHER_HELD "madoguchi.exe"
    !insertmacro LOOK_WHETHER_HELD "madoguchi-terminal.exe"
    !insertmacro LOOK_WHETHER_HELD "madoguchi-receive.exe"
    ${If} $2 == 0
      ${ExitFor}
    ${EndIf}
    Sleep 250
  ${Next}
  ; What was not found until here is no error of what follows.
  ClearErrors
!macroend

; Whose a program with that hidden window is, and with which rights it runs: the same it gets again.
!macro REMEMBER CLASS WHOSE
  StrCpy ${WHOSE} 0
  FindWindow $0 "${CLASS}"
  ${If} $0 <> 0
    System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r1)'
    System::Call 'kernel32::OpenProcess(i ${PROCESS_QUERY_LIMITED_INFORMATION}, i 0, i r1) p .r2'
    System::Call 'advapi32::OpenProcessToken(p r2, i ${LOOK_AT_TOKEN}, *p .r3) i .r4'
    ${If} $4 <> 0
      System::Call 'advapi32::DuplicateTokenEx(p r3, i ${MAXIMUM_ALLOWED}, p 0, i ${SECURITY_IMPERSONATION}, i ${TOKEN_PRIMARY}, *p .r5) i .r4'
      ${If} $4 <> 0
        StrCpy ${WHOSE} $5
      ${EndIf}
      System::Call 'kernel32::CloseHandle(p r3)'
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p r2)'
  ${EndIf}
!macroend

; Before they are ended. Somebody who sat before the window gets it back.
Function RememberWhatRuns
  !insertmacro REMEMBER "${HIDDEN_WINDOW}" $Counter
  !insertmacro REMEMBER "${HIDDEN_WINDOW_OF_STREET}" $Street
  StrCpy $CounterWords " --background"
  FindWindow $0 "${WINDOW}" "${TITLE}"
  ${If} $0 <> 0
    StrCpy $CounterWords ""
  ${EndIf}
  ClearErrors
FunctionEnd

; As whom it ran: a setup that may write for all users has rights that a counter must not have. A setup without such
; rights may not hand over a token, and has those of its user, which are the right ones.
!macro START_AGAIN WHOSE WORDS
  ${If} ${WHOSE} <> 0
    StrCpy $6 '"$INSTDIR\madoguchi.exe"${WORDS}'
    StrCpy $7 "$INSTDIR\madoguchi.exe"
    System::Alloc ${START_SIZE}
    Pop $8
    System::Call '*$8(i ${START_SIZE})'
    System::Alloc ${STARTED_SIZE}
    Pop $9
    System::Call 'advapi32::CreateProcessWithTokenW(p ${WHOSE}, i ${LOGON_WITH_PROFILE}, w r7, w r6, i 0, p 0, p 0, p r8, p r9) i .r0'
    System::Free $8
    System::Free $9
    ${If} $0 == 0
    ${AndIf} $MultiUser.Privileges != "Admin"
      Exec $6
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p ${WHOSE})'
    StrCpy ${WHOSE} 0
  ${EndIf}
!macroend

; Also where the new one could not be put in its place: what was ended goes on with what is there.
Function StartAgain
  SetOutPath "$INSTDIR"
  !insertmacro START_AGAIN $Counter $CounterWords
  !insertmacro START_AGAIN $Street " --street"
  ClearErrors
FunctionEnd

; One that does not end, or runs where another user is signed in, goes on from files that are given another name; it is
; the new one from its next start. Whoever sits before the setup can end it instead, or leave everything as it is.
Function EndProgram
  Call RememberWhatRuns
  closing:
  !insertmacro END_PROGRAM
  ${If} $2 == 1
    MessageBox MB_ABORTRETRYIGNORE|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDIGNORE IDRETRY closing IDIGNORE going_on
    Call .onInstFailed
    Call StartAgain
    SetErrorLevel ${IN_USE_CODE}
    Quit
  ${EndIf}
  going_on:
FunctionEnd

; Nothing is taken away under a program that runs.
Function un.EndProgram
  closing:
  !insertmacro END_PROGRAM
  ${If} $2 == 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE_YET)" /SD IDCANCEL IDRETRY closing
    SetErrorLevel ${IN_USE_CODE}
    Quit
  ${EndIf}
FunctionEnd
