; The settings that whoever looks after PCs hands the setup.
;
; What they say is the program's to read and to write; from here it is told which file, and for whom.

; The file to lay down, with its whole path; empty = none. The same of the cloud's authority.
Var Settings
Var Authority
; Whether this setup laid them down.
Var SettingsAreNew

; Looked for before anything is changed: from the folder in which the setup was started, which is not where it unpacks.
!macro FILE_AS_TOLD WORD INTO
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "${WORD}" $1
  ${IfNot} ${Errors}
    ClearErrors
    GetFullPathName ${INTO} "$1"
    FileOpen $2 "${INTO}" r
    ${If} ${Errors}
    ${OrIf} ${INTO} == ""
      Call SettingsCannotBeUsed
    ${EndIf}
    FileClose $2
  ${EndIf}
  ClearErrors
!macroend

Function SettingsAsTold
  StrCpy $Settings ""
  StrCpy $Authority ""
  !insertmacro FILE_AS_TOLD "/SETTINGS=" $Settings
  !insertmacro FILE_AS_TOLD "/AUTHORITY=" $Authority
  ${If} $Settings == ""
  ${AndIf} ${FileExists} "$EXEDIR\settings.toml"
    StrCpy $Settings "$EXEDIR\settings.toml"
  ${EndIf}
  ${If} $Settings == ""
  ${AndIf} $Authority != ""
    Call SettingsCannotBeUsed
  ${EndIf}
FunctionEnd

Function SettingsCannotBeUsed
  MessageBox MB_OK|MB_ICONSTOP "$(SETTINGS_UNUSABLE)" /SD IDOK
  SetErrorLevel ${SETTINGS_CODE}
  Quit
FunctionEnd

; For all users where the setup is for all, else this user's own.
!macro FOLDER_OF_SETTINGS INTO
  ${If} $MultiUser.InstallMode == "AllUsers"
    ReadEnvStr ${INTO} ProgramData
    StrCpy ${INTO} "${INTO}\${NAME}"
  ${Else}
    StrCpy ${INTO} "$LOCALAPPDATA\${DATA}"
  ${EndIf}
!macroend

; By the command that was unpacked, before it is anywhere else. A file that is there is what somebody chose: it stays.
Function LayDownSettings
  StrCpy $SettingsAreNew 0
  !insertmacro FOLDER_OF_SETTINGS $3
  ${If} $Settings == ""
  ${OrIf} ${FileExists} "$3\settings.toml"
    Return
  ${EndIf}
  StrCpy $4 ""
  ${If} $Authority != ""
    StrCpy $4 ' --authority "$Authority"'
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    StrCpy $4 "$4 --for-all"
  ${EndIf}
  nsExec::Exec '"$INSTDIR\${UNPACKED}\madoguchi-terminal.exe" lay-down-settings "$Settings"$4'
  Pop $0
  ${If} $0 != 0
    RMDir "$3"
    Call .onInstFailed
    Call SettingsCannotBeUsed
  ${EndIf}
  StrCpy $SettingsAreNew 1
FunctionEnd

; Where the programs did not take their places after all.
Function TakeSettingsBack
  ${If} $SettingsAreNew == 1
    !insertmacro FOLDER_OF_SETTINGS $3
    Delete "$3\settings.toml"
    RMDir "$3"
  ${EndIf}
FunctionEnd

; Where the settings say it already, one way or the other, that stays.
Function SayStartWithPc
  StrCpy $4 ""
  ${If} $MultiUser.InstallMode == "AllUsers"
    StrCpy $4 " --for-all"
  ${EndIf}
  nsExec::Exec '"$INSTDIR\madoguchi-terminal.exe" start-with-pc$4'
  Pop $0
  ${If} $0 != 0
    StrCpy $Missing ${NOT_ALL_CODE}
    DetailPrint "$(NOT_SAID_WITH_PC)"
    MessageBox MB_OK|MB_ICONINFORMATION "$(NOT_SAID_WITH_PC)" /SD IDOK
  ${EndIf}
FunctionEnd
