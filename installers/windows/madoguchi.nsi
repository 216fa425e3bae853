; The Windows setup of a counter's PC: for one user or for all, with windows or silent (/S), in Japanese or English.
;
; makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DFROM=folder-of-files -DOUT=setup.exe madoguchi.nsi
;
; Belongs here: the order of what happens, and what Windows is told. Does not: files and their places (places.nsh),
; programs that run (running.nsh), settings (settings.nsh), the removal (removal.nsh), words (words.nsh).
;
; What it can be told beside /S:
;   /CurrentUser · /AllUsers      for whom; without either, for all where Windows lets it, else for this user
;   /D=folder                     where to (the last word, without quotes); an update goes where the program lies
;   /SETTINGS=file                a settings.toml to lay down; one that lies beside the setup is taken by itself
;   /AUTHORITY=file               the PEM file of the cloud's authority, where those settings name none
;   /STARTWITHPC                  it starts with the PC, in the tray
;   /DOWNGRADE                    over a newer version, too
;   /LANG=1041 · /LANG=1033       what it speaks

Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include LogicLib.nsh
!include Sections.nsh

; What it ends with beside 0, done, and 1, cancelled. docs/installing.md promises them to scripts.
!define NOT_WRITTEN_CODE 2
!define NO_RIGHTS_CODE 3
!define IN_USE_CODE 4
!define ALREADY_CODE 5
!define SETTINGS_CODE 6
!define NEWER_IS_THERE_CODE 7
!define NO_WEBVIEW_CODE 8
!define NOT_ALL_CODE 9

!define NAME "Madoguchi"
!define PROTOCOL "madoguchi"
!define DATA "jp.madoguchi.terminal"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
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
; What waits for the next start of Windows is a file of an old version: nothing of it is worth an end of everything.
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION OpenTheWindow
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderOfOurOwn
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "English"

; What it ends with where it is done, and something is missing.
Var Missing

; Said of what is not there. That no window opens weighs more than what a clerk can put right in it.
!macro NOT_ALL WORDS
  ${If} $Missing == 0
    StrCpy $Missing ${NOT_ALL_CODE}
  ${EndIf}
  DetailPrint "${WORDS}"
  MessageBox MB_OK|MB_ICONINFORMATION "${WORDS}" /SD IDOK
!macroend

!include words.nsh
!include places.nsh
!include running.nsh
!include settings.nsh

Section "!$(PROGRAM)" program
  SectionIn RO
  StrCpy $Missing 0
  Call FolderOfOurOwn
  Call LetNewerBe
  Call UnpackBeside
  Call CheckSettings
  Call EndProgram
  Call TakeTheirPlaces
  ${If} $Failed == 1
    Call .onInstFailed
    Call StartAgain
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel ${NOT_WRITTEN_CODE}
    Quit
  ${EndIf}
  Call LayDownSettings
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

; Last of all: what was running goes on, with the settings as they are by then.
Section "-going-on"
  Call StartAgain
  SetErrorLevel $Missing
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${program} "$(PROGRAM_IS)"
  !insertmacro MUI_DESCRIPTION_TEXT ${with_pc} "$(WITH_PC_IS)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; One setup's own version is no newer one. What is listed is whose this setup is for: this user's or everybody's.
Function LetNewerBe
  ReadRegStr $0 SHCTX "${ENTRY}" DisplayVersion
  ${If} $0 == ""
    Return
  ${EndIf}
  ${VersionCompare} "$0" "${VERSION}" $1
  ${If} $1 != 1
    Return
  ${EndIf}
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/DOWNGRADE" $3
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ClearErrors
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "$(NEWER_IS_THERE)" /SD IDNO IDYES going_on
  SetErrorLevel ${NEWER_IS_THERE_CODE}
  Quit
  going_on:
FunctionEnd

; $0: its version; empty = none. For all users it stands in the registry's part for 32 bit; where it was removed there,
; a version of noughts stays, and this user's own may be there all the same.
!macro FIND_WEBVIEW
  SetRegView 32
  ReadRegStr $0 HKLM "${WEBVIEW}" pv
  SetRegView 64
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
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
    StrCpy $Missing ${NO_WEBVIEW_CODE}
    DetailPrint "$(NO_WEBVIEW)"
    MessageBox MB_OK|MB_ICONINFORMATION "$(NO_WEBVIEW)" /SD IDOK
  ${EndIf}
FunctionEnd

; Two that write into one folder would be half of each; also where another user's is the other one, whose mark this one
; may see and not open.
!macro ALONE_OR_NOT_AT_ALL
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Global\${NAME}Setup") p .r1 ?e'
  Pop $0
  ${If} $0 <> 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(ALREADY)" /SD IDOK
    SetErrorLevel ${ALREADY_CODE}
    Quit
  ${EndIf}
!macroend

; The library would ask in English and wait for somebody, also where nobody is there to answer.
!macro RIGHTS_OR_NOT_AT_ALL UN FIND
  ${${UN}GetParameters} $0
  ${${FIND}StrStr} $1 $0 "/AllUsers"
  ${If} $1 != ""
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 != "Admin"
    ${AndIf} $1 != "Power"
      MessageBox MB_OK|MB_ICONSTOP "$(NO_RIGHTS)" /SD IDOK
      SetErrorLevel ${NO_RIGHTS_CODE}
      Quit
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  Call LanguageAsTold
  !insertmacro RIGHTS_OR_NOT_AT_ALL "" ""
  !insertmacro ALONE_OR_NOT_AT_ALL
  SetRegView 64
  StrCpy $FolderTold $INSTDIR
  Call SettingsAsTold
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/STARTWITHPC" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${with_pc}
  ${EndIf}
  !insertmacro MULTIUSER_INIT
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

!include removal.nsh
