; The Windows setup of a counter's PC: for one user or for all, with windows or silent (/S), in Japanese or English.
;
; makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DFROM=folder-of-files -DOUT=setup.exe madoguchi.nsi
;
; What it can be told beside /S:
;   /CurrentUser · /AllUsers      for whom; without either, for all where Windows lets it, else for this user
;   /D=folder                     where to (the last word, without quotes); an update goes where the program lies
;   /SETTINGS=file                a settings.toml to lay down; one that lies beside the setup is taken by itself
;   /STARTWITHPC                  it starts with the PC, in the tray
;   /LANG=1041 · /LANG=1033       what it speaks
; It ends with 0 done, 1 cancelled, 2 a file could not be written, 4 the program is in use and did not end,
; 5 another setup is running.

Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh

!define NAME "Madoguchi"
!define ERROR_ALREADY_EXISTS 183
!define PROTOCOL "madoguchi"
!define DATA "jp.madoguchi.terminal"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
; Where a setup unpacks, in the programs' own folder: from there they take their places by a change of name.
!define UNPACKED "next"
!define WEBVIEW "Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define WEBVIEW_SETUP "MicrosoftEdgeWebView2RuntimeInstallerX64.exe"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_FUNCTION FolderAsTold
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "Folder"
!include MultiUser.nsh

; The folder after /D; empty without it.
Var FolderTold

Name "${NAME}"
OutFile "${OUT}"
SetCompressor /SOLID lzma
; Two programs of one tree are much the same: with room to look back over the first the second takes a third.
SetCompressorDictSize 32
ManifestDPIAware true
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 ProductName "${NAME}"
VIAddVersionKey /LANG=0 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileDescription "${NAME} setup"
VIAddVersionKey /LANG=0 LegalCopyright "The Madoguchi authors"

!define MUI_ICON "${FROM}\icon.ico"
!define MUI_UNICON "${FROM}\icon.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\madoguchi.exe"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "English"

LangString PROGRAM ${LANG_JAPANESE} "窓口"
LangString PROGRAM ${LANG_ENGLISH} "Madoguchi"
LangString PROGRAM_IS ${LANG_JAPANESE} "窓口の画面、コマンド、用紙の書体"
LangString PROGRAM_IS ${LANG_ENGLISH} "The window, the commands, the papers' face"
LangString WITH_PC ${LANG_JAPANESE} "パソコンと一緒に始める"
LangString WITH_PC ${LANG_ENGLISH} "Start with the PC"
LangString WITH_PC_IS ${LANG_JAPANESE} "画面を出さずに始まります。あとから設定で変えられます。"
LangString WITH_PC_IS ${LANG_ENGLISH} "It starts without its window. The settings can change this later."
LangString RECORDS ${LANG_JAPANESE} "この利用者の記録も消す"
LangString RECORDS ${LANG_ENGLISH} "Also delete this user's records"
LangString RECORDS_ARE ${LANG_JAPANESE} "登録と操作の記録が消え、元に戻せません。"
LangString RECORDS_ARE ${LANG_ENGLISH} "The registration and the record of operations are deleted for ever."
LangString IN_USE ${LANG_JAPANESE} "窓口が開いたままです。ほかの利用者の画面も含めて閉じてから、「再試行」を押してください。"
LangString IN_USE ${LANG_ENGLISH} "Madoguchi is still open. Please close it, also where other users are signed in, then press Retry."
LangString NO_WEBVIEW ${LANG_JAPANESE} "画面の表示に要る Microsoft Edge WebView2 ランタイムがありません。マイクロソフトのオフライン用インストーラー（${WEBVIEW_SETUP}）をこのセットアップと同じフォルダーに置いて、もう一度始めてください。窓口のファイルは入りました。"
LangString NO_WEBVIEW ${LANG_ENGLISH} "The Microsoft Edge WebView2 Runtime, which shows the window, is missing. Put Microsoft's offline installer (${WEBVIEW_SETUP}) into the same folder as this setup and start it again. The files of Madoguchi are installed."

LangString ALREADY ${LANG_JAPANESE} "窓口のセットアップがもう始まっています。そちらを終えてから、もう一度始めてください。"
LangString ALREADY ${LANG_ENGLISH} "A setup of Madoguchi is already running. Finish that one, then start this one again."

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

; Ends the program that runs, and waits until its files are free: an update while it runs would be half an update.
; A street's own software is another program to Windows, and the same file. A command that a script runs is not ended
; from here.
!macro CLOSE_PROGRAM
  closing:
  ${If} ${FileExists} "$INSTDIR\madoguchi.exe"
    ExecWait '"$INSTDIR\madoguchi.exe" --end'
    ExecWait '"$INSTDIR\madoguchi.exe" --end --street'
  ${EndIf}
  StrCpy $1 0
  waiting:
  StrCpy $2 0
  !insertmacro LOOK_WHETHER_HELD "madoguchi.exe"
  !insertmacro LOOK_WHETHER_HELD "madoguchi-terminal.exe"
  ${If} $2 == 1
    IntOp $1 $1 + 1
    ${If} $1 < 40
      Sleep 250
      Goto waiting
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDRETRY closing
    RMDir /r "$INSTDIR\${UNPACKED}"
    SetErrorLevel 4
    Quit
  ${EndIf}
  ; What was not found until here is no error of what follows.
  ClearErrors
!macroend

Section "!$(PROGRAM)" program
  SectionIn RO
  Call UnpackBeside
  !insertmacro CLOSE_PROGRAM
  Call TakeTheirPlaces
  ; Of a setup that spoke another language.
  ReadRegStr $0 SHCTX "Software\${NAME}" Shortcut
  Delete "$0"
  CreateShortcut "$SMPROGRAMS\$(PROGRAM).lnk" "$INSTDIR\madoguchi.exe"
  WriteRegStr SHCTX "Software\${NAME}" Folder "$INSTDIR"
  WriteRegStr SHCTX "Software\${NAME}" Shortcut "$SMPROGRAMS\$(PROGRAM).lnk"
  WriteRegStr SHCTX "${ENTRY}" DisplayName "$(PROGRAM)"
  WriteRegStr SHCTX "${ENTRY}" DisplayVersion "${VERSION}"
  WriteRegStr SHCTX "${ENTRY}" DisplayIcon "$INSTDIR\madoguchi.exe"
  WriteRegStr SHCTX "${ENTRY}" Publisher "The Madoguchi authors"
  WriteRegStr SHCTX "${ENTRY}" InstallLocation "$INSTDIR"
  WriteRegStr SHCTX "${ENTRY}" UninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${ENTRY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${ENTRY}" NoModify 1
  WriteRegDWORD SHCTX "${ENTRY}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${ENTRY}" EstimatedSize $0
  ; What a page opens to start the program where nobody answers (docs/bridge.md). Without %1: nothing that a page says
  ; reaches the program.
  WriteRegStr SHCTX "Software\Classes\${PROTOCOL}" "" "URL:${NAME}"
  WriteRegStr SHCTX "Software\Classes\${PROTOCOL}" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\${PROTOCOL}\DefaultIcon" "" '"$INSTDIR\madoguchi.exe",0'
  WriteRegStr SHCTX "Software\Classes\${PROTOCOL}\shell\open\command" "" '"$INSTDIR\madoguchi.exe" --background'
  Call LayDownSettings
  Call LookForWebView
SectionEnd

; The program follows its settings at each start, so the choice is laid down there. Where it is everybody's, Windows
; starts it for users, too, who have never opened it, and it ends again where a user's own settings say by hand.
Section /o "$(WITH_PC)" with_pc
  Call SayStartWithPc
  ${If} $MultiUser.InstallMode == "AllUsers"
    WriteRegStr HKLM "${RUN}" "${NAME}" '"$INSTDIR\madoguchi.exe" "--background" "--with-pc"'
  ${Else}
    WriteRegStr HKCU "${RUN}" "${NAME}" '"$INSTDIR\madoguchi.exe" "--background"'
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${program} "$(PROGRAM_IS)"
  !insertmacro MUI_DESCRIPTION_TEXT ${with_pc} "$(WITH_PC_IS)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; A disk that is full or a folder that may not be written is found here, before anything that is in use is touched.
Function UnpackBeside
  ClearErrors
  SetOutPath "$INSTDIR\${UNPACKED}\fonts"
  File "${FROM}\fonts\*.*"
  SetOutPath "$INSTDIR\${UNPACKED}"
  File "${FROM}\madoguchi.exe"
  File "${FROM}\madoguchi-terminal.exe"
  File "${FROM}\WebView2Loader.dll"
  File "${FROM}\third-party.txt"
  WriteUninstaller "$INSTDIR\${UNPACKED}\uninstall.exe"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    Call .onInstFailed
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; Also called by the setup itself where unpacking fails half-way.
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\${UNPACKED}"
  ; Only where nothing else lies there.
  RMDir "$INSTDIR"
FunctionEnd

; Nothing here needs room on the disk.
!macro TAKE_PLACE FILE
  Delete "$INSTDIR\${FILE}"
  Rename "$INSTDIR\${UNPACKED}\${FILE}" "$INSTDIR\${FILE}"
!macroend
Function TakeTheirPlaces
  !insertmacro TAKE_PLACE "madoguchi.exe"
  !insertmacro TAKE_PLACE "madoguchi-terminal.exe"
  !insertmacro TAKE_PLACE "WebView2Loader.dll"
  !insertmacro TAKE_PLACE "third-party.txt"
  !insertmacro TAKE_PLACE "uninstall.exe"
  RMDir /r "$INSTDIR\fonts"
  Rename "$INSTDIR\${UNPACKED}\fonts" "$INSTDIR\fonts"
  ${If} ${FileExists} "$INSTDIR\${UNPACKED}\madoguchi.exe"
  ${OrIf} ${FileExists} "$INSTDIR\${UNPACKED}\madoguchi-terminal.exe"
    Call .onInstFailed
    SetErrorLevel 2
    Quit
  ${EndIf}
  RMDir /r "$INSTDIR\${UNPACKED}"
  ClearErrors
FunctionEnd

; For all users where the setup is for all, else this user's own.
Function FolderOfSettings
  ${If} $MultiUser.InstallMode == "AllUsers"
    ReadEnvStr $0 ProgramData
    StrCpy $0 "$0\${NAME}"
  ${Else}
    StrCpy $0 "$LOCALAPPDATA\${DATA}"
  ${EndIf}
  Push $0
FunctionEnd

; In front of whatever stands in the settings, byte by byte: they are in UTF-8, and tables may stand at their end. Where
; they say it already, one way or the other, that stays.
Function SayStartWithPc
  Call FolderOfSettings
  Pop $0
  CreateDirectory "$0"
  ClearErrors
  FileOpen $1 "$0\settings.toml" r
  ${IfNot} ${Errors}
    ${Do}
      FileRead $1 $2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $3 $2 13
      ${If} $3 == "start_with_pc"
        FileClose $1
        Return
      ${EndIf}
    ${Loop}
    FileSeek $1 0 SET
  ${EndIf}
  FileOpen $4 "$0\settings.toml.new" w
  FileWrite $4 "start_with_pc = true$\r$\n"
  ClearErrors
  ${If} $1 != ""
    ${Do}
      FileReadByte $1 $2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      FileWriteByte $4 $2
    ${Loop}
    FileClose $1
  ${EndIf}
  FileClose $4
  Delete "$0\settings.toml"
  Rename "$0\settings.toml.new" "$0\settings.toml"
  ClearErrors
FunctionEnd

; A file that is there is what somebody chose: it stays.
Function LayDownSettings
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/SETTINGS=" $3
  ${If} ${Errors}
    StrCpy $3 "$EXEDIR\settings.toml"
  ${EndIf}
  Call FolderOfSettings
  Pop $0
  ${If} ${FileExists} "$3"
  ${AndIfNot} ${FileExists} "$0\settings.toml"
    CreateDirectory "$0"
    CopyFiles /SILENT "$3" "$0\settings.toml"
  ${EndIf}
  ClearErrors
FunctionEnd

; $0: its version; empty = none.
!macro FIND_WEBVIEW
  SetRegView 32
  ReadRegStr $0 HKLM "${WEBVIEW}" pv
  SetRegView 64
  ${If} $0 == ""
    ReadRegStr $0 HKCU "${WEBVIEW}" pv
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
  ClearErrors
!macroend

Function LookForWebView
  !insertmacro FIND_WEBVIEW
  ${If} $0 == ""
  ${AndIf} ${FileExists} "$EXEDIR\${WEBVIEW_SETUP}"
    ExecWait '"$EXEDIR\${WEBVIEW_SETUP}" /silent /install'
    !insertmacro FIND_WEBVIEW
  ${EndIf}
  ${If} $0 == ""
    DetailPrint "$(NO_WEBVIEW)"
    MessageBox MB_OK|MB_ICONINFORMATION "$(NO_WEBVIEW)" /SD IDOK
  ${EndIf}
FunctionEnd

; Two that unpack into one folder would be half of each.
Function .onInit
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${NAME}Setup") p .r1 ?e'
  Pop $0
  ${If} $0 == ${ERROR_ALREADY_EXISTS}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(ALREADY)" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
  SetRegView 64
  StrCpy $FolderTold $INSTDIR
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/STARTWITHPC" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${with_pc}
  ${EndIf}
  !insertmacro MULTIUSER_INIT
  Call LanguageAsTold
FunctionEnd

; The library puts its own folder in the place of the one after /D. Where the program lies already, it stays.
Function FolderAsTold
  ReadRegStr $0 SHCTX "Software\${NAME}" Folder
  ${If} $0 == ""
  ${AndIf} $FolderTold != ""
    StrCpy $INSTDIR $FolderTold
  ${EndIf}
FunctionEnd

Function LanguageAsTold
  ${GetParameters} $0
  ${GetOptions} $0 "/LANG=" $1
  ${If} $1 == ${LANG_JAPANESE}
  ${OrIf} $1 == ${LANG_ENGLISH}
    StrCpy $LANGUAGE $1
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "un.$(PROGRAM)" un_program
  SectionIn RO
  !insertmacro CLOSE_PROGRAM
  ReadRegStr $0 SHCTX "Software\${NAME}" Shortcut
  Delete "$0"
  Delete "$INSTDIR\madoguchi.exe"
  Delete "$INSTDIR\madoguchi-terminal.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\third-party.txt"
  RMDir /r "$INSTDIR\fonts"
  RMDir /r "$INSTDIR\${UNPACKED}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegValue HKCU "${RUN}" "${NAME}"
  DeleteRegValue SHCTX "${RUN}" "${NAME}"
  DeleteRegKey SHCTX "Software\Classes\${PROTOCOL}"
  DeleteRegKey SHCTX "${ENTRY}"
  DeleteRegKey SHCTX "Software\${NAME}"
SectionEnd

Section /o "un.$(RECORDS)" un_records
  RMDir /r "$LOCALAPPDATA\${DATA}"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${un_program} "$(PROGRAM_IS)"
  !insertmacro MUI_DESCRIPTION_TEXT ${un_records} "$(RECORDS_ARE)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END
