; The removal.
;
; What it can be told beside /S: /CurrentUser · /AllUsers as the setup, and /RECORDS: also what this user's counter,
; training and street's software keep on this PC, the keys in the Credential Manager included.

!define DATA_OF_STREET "jp.madoguchi.street"

; Whether some of this user's records or keys could not be deleted; and whether some of the programs' files could not.
Var KeysStay
Var FilesStay

Section "un.$(PROGRAM)" un_program
  SectionIn RO
  StrCpy $KeysStay 0
  Call un.EndProgram
SectionEnd

; A removal for all users runs as one of them: its records are that user's. The other users' stay with them.
Section /o "un.$(RECORDS)" un_records
  nsExec::Exec '"$INSTDIR\madoguchi-terminal.exe" forget-keys --for-ever'
  Pop $0
  ${If} $0 != 0
    StrCpy $KeysStay 1
  ${EndIf}
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\${DATA}"
  RMDir /r "$LOCALAPPDATA\${DATA_OF_STREET}"
  ${If} ${FileExists} "$LOCALAPPDATA\${DATA}\*.*"
  ${OrIf} ${FileExists} "$LOCALAPPDATA\${DATA_OF_STREET}\*.*"
    StrCpy $KeysStay 1
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
SectionEnd

!macro DELETE_NOW FOLDER FILE
  Delete "${FOLDER}\${FILE}"
  ${If} ${FileExists} "${FOLDER}\${FILE}"
    StrCpy $FilesStay 1
  ${EndIf}
!macroend
!insertmacro CLEAR_ASIDE "un." DELETE_NOW

; Where a file stays, the way to remove it stays, too.
Section "-un.files"
  StrCpy $FilesStay 0
  ReadRegStr $0 SHCTX "Software\${NAME}" Shortcut
  Delete "$0"
  !insertmacro EACH_FILE_BUT_REMOVAL DELETE_NOW "$INSTDIR"
  RMDir "$INSTDIR\fonts"
  Call un.ClearAside
  !insertmacro DELETE_OURS DELETE_NOW "$INSTDIR\${UNPACKED}"
  ; Everybody's settings are no clerk's: they were laid down with the program.
  ${If} $MultiUser.InstallMode == "AllUsers"
    ReadEnvStr $0 ProgramData
    RMDir /r "$0\${NAME}"
  ${EndIf}
  DeleteRegValue HKCU "${RUN}" "${NAME}"
  DeleteRegValue SHCTX "${RUN}" "${NAME}"
  DeleteRegKey SHCTX "Software\Classes\${PROTOCOL}"
  ${If} $FilesStay == 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(FILES_STAY)" /SD IDOK
    SetErrorLevel ${NOT_ALL_CODE}
  ${Else}
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey SHCTX "${ENTRY}"
    DeleteRegKey SHCTX "Software\${NAME}"
  ${EndIf}
  ${If} $KeysStay == 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(KEYS_STAY)" /SD IDOK
    SetErrorLevel ${NOT_ALL_CODE}
  ${EndIf}
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${un_program} "$(PROGRAM_IS)"
  !insertmacro MUI_DESCRIPTION_TEXT ${un_records} "$(RECORDS_ARE)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
  !insertmacro RIGHTS_OR_NOT_AT_ALL "un." "Un"
  !insertmacro ALONE_OR_NOT_AT_ALL
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
  ${un.GetParameters} $0
  ClearErrors
  ${un.GetOptions} $0 "/RECORDS" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${un_records}
  ${EndIf}
  ClearErrors
FunctionEnd
