; The settings that whoever looks after PCs hands the setup.
;
; What they say is the program's to read and to write; from here it is told which file, and for whom.

; The file to lay down, with its whole path; empty = none. The same of the cloud's authority.
Var Settings
Var Authority

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

; $5 becomes the words that lay them down; empty where nothing is to be: a file that is there is what somebody chose, and
; it stays.
!macro WORDS_FOR_SETTINGS
  StrCpy $5 ""
  !insertmacro FOLDER_OF_SETTINGS $3
  ${If} $Settings != ""
  ${AndIfNot} ${FileExists} "$3\settings.toml"
    StrCpy $5 'lay-down-settings "$Settings"'
    ${If} $Authority != ""
      StrCpy $5 '$5 --authority "$Authority"'
    ${EndIf}
  ${EndIf}
!macroend

; Before anything is changed: laid down by the command that was unpacked, where nobody looks and nothing stays.
Function CheckSettings
  !insertmacro WORDS_FOR_SETTINGS
  ${If} $5 == ""
    Return
  ${EndIf}
  InitPluginsDir
  nsExec::Exec '"$INSTDIR\${UNPACKED}\madoguchi-terminal.exe" --settings-dir "$PLUGINSDIR\settings" $5'
  Pop $0
  ${If} $0 != 0
    Call .onInstFailed
    Call SettingsCannotBeUsed
  ${EndIf}
FunctionEnd

; Once the programs have taken their places: until then nothing has to be taken back.
Function LayDownSettings
  !insertmacro WORDS_FOR_SETTINGS
  ${If} $5 == ""
    Return
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    StrCpy $5 "$5 --for-all"
  ${EndIf}
  nsExec::Exec '"$INSTDIR\madoguchi-terminal.exe" $5'
  Pop $0
  ${If} $0 != 0
    !insertmacro NOT_ALL "$(NOT_LAID_DOWN)"
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
    !insertmacro NOT_ALL "$(NOT_SAID_WITH_PC)"
  ${EndIf}
FunctionEnd
