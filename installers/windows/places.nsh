; The programs' files: unpacked beside what is there, put in their places by a change of name, and given back whole
; where one of them cannot be.
;
; Nothing is deleted but what bears one of these names: the folder may have been somebody else's before.

; Where a setup unpacks, in the programs' own folder.
!define UNPACKED "next"
; Where the files that were there go, numbered: those of a program that still runs lie there until it has ended.
!define ASIDE "old-"
!define MOST_ASIDE 9

; The folder of this setup's own, of those; and whether a file did not go where it should.
Var Aside
Var Failed

!macro EACH_FILE_BUT_REMOVAL DO FOLDER
  !insertmacro ${DO} "${FOLDER}" "madoguchi.exe"
  !insertmacro ${DO} "${FOLDER}" "madoguchi-terminal.exe"
  !insertmacro ${DO} "${FOLDER}" "madoguchi-receive.exe"
  !insertmacro ${DO} "${FOLDER}" "WebView2Loader.dll"
  !insertmacro ${DO} "${FOLDER}" "third-party.txt"
  !insertmacro ${DO} "${FOLDER}" "fonts\BIZUDPGothic-Regular.ttf"
  !insertmacro ${DO} "${FOLDER}" "fonts\BIZUDPGothic-Bold.ttf"
  !insertmacro ${DO} "${FOLDER}" "fonts\OFL.txt"
  !insertmacro ${DO} "${FOLDER}" "fonts\characters-the-font-has-not.txt"
!macroend

!macro EACH_FILE DO FOLDER
  !insertmacro EACH_FILE_BUT_REMOVAL ${DO} "${FOLDER}"
  !insertmacro ${DO} "${FOLDER}" "uninstall.exe"
!macroend

; On a PC where a program still runs from there it goes with the next start of Windows.
!macro DELETE_FILE FOLDER FILE
  Delete /REBOOTOK "${FOLDER}\${FILE}"
!macroend

!macro DELETE_OURS DO FOLDER
  !insertmacro EACH_FILE ${DO} "${FOLDER}"
  RMDir "${FOLDER}\fonts"
  RMDir "${FOLDER}"
!macroend

; What earlier setups left, and no program uses any more. Leaves the first number that is free in $Aside.
!macro CLEAR_ASIDE UN DO
Function ${UN}ClearAside
  Push $0
  StrCpy $Aside ""
  ${ForEach} $0 1 ${MOST_ASIDE} + 1
    ${If} ${FileExists} "$INSTDIR\${ASIDE}$0\*.*"
      !insertmacro DELETE_OURS ${DO} "$INSTDIR\${ASIDE}$0"
    ${EndIf}
    ${If} $Aside == ""
    ${AndIfNot} ${FileExists} "$INSTDIR\${ASIDE}$0\*.*"
      StrCpy $Aside "$INSTDIR\${ASIDE}$0"
    ${EndIf}
  ${Next}
  ClearErrors
  Pop $0
FunctionEnd
!macroend
!insertmacro CLEAR_ASIDE "" DELETE_FILE

; A disk that is full or a folder that may not be written is found here, before anything that is in use is touched.
Function UnpackBeside
  ClearErrors
  SetOutPath "$INSTDIR\${UNPACKED}\fonts"
  File "${FROM}\fonts\BIZUDPGothic-Regular.ttf"
  File "${FROM}\fonts\BIZUDPGothic-Bold.ttf"
  File "${FROM}\fonts\OFL.txt"
  File "${FROM}\fonts\characters-the-font-has-not.txt"
  SetOutPath "$INSTDIR\${UNPACKED}"
  File "${FROM}\madoguchi.exe"
  File "${FROM}\madoguchi-terminal.exe"
  File "${FROM}\madoguchi-receive.exe"
  File "${FROM}\WebView2Loader.dll"
  File "${FROM}\third-party.txt"
  WriteUninstaller "$INSTDIR\${UNPACKED}\uninstall.exe"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    Call .onInstFailed
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel ${NOT_WRITTEN_CODE}
    Quit
  ${EndIf}
FunctionEnd

; Also called by the setup itself where unpacking fails half-way.
Function .onInstFailed
  SetOutPath "$TEMP"
  !insertmacro DELETE_OURS DELETE_FILE "$INSTDIR\${UNPACKED}"
  ; Only where nothing else lies there.
  RMDir "$INSTDIR"
FunctionEnd

; Nothing here needs room on the disk, and a file that a program runs from can be given another name.
!macro TAKE_PLACE FOLDER FILE
  ${If} $Failed == 0
  ${AndIf} ${FileExists} "${FOLDER}\${FILE}"
    ClearErrors
    Rename "${FOLDER}\${FILE}" "$Aside\${FILE}"
    ${If} ${Errors}
      StrCpy $Failed 1
    ${EndIf}
  ${EndIf}
  ${If} $Failed == 0
    ClearErrors
    Rename "${FOLDER}\${UNPACKED}\${FILE}" "${FOLDER}\${FILE}"
    ${If} ${Errors}
      StrCpy $Failed 1
    ${EndIf}
  ${EndIf}
!macroend

; What took its place goes, and what was there comes back.
!macro GIVE_BACK FOLDER FILE
  ${IfNot} ${FileExists} "${FOLDER}\${UNPACKED}\${FILE}"
    Delete "${FOLDER}\${FILE}"
  ${EndIf}
  ${If} ${FileExists} "$Aside\${FILE}"
    Rename "$Aside\${FILE}" "${FOLDER}\${FILE}"
  ${EndIf}
!macroend

; $Failed says whether all is as it was before.
Function TakeTheirPlaces
  StrCpy $Failed 0
  Call ClearAside
  ${If} $Aside == ""
    StrCpy $Failed 1
    Return
  ${EndIf}
  CreateDirectory "$INSTDIR\fonts"
  CreateDirectory "$Aside\fonts"
  !insertmacro EACH_FILE TAKE_PLACE "$INSTDIR"
  ${If} $Failed == 1
    !insertmacro EACH_FILE GIVE_BACK "$INSTDIR"
    RMDir "$Aside\fonts"
    RMDir "$Aside"
    RMDir "$INSTDIR\fonts"
    Return
  ${EndIf}
  !insertmacro DELETE_OURS DELETE_FILE "$INSTDIR\${UNPACKED}"
  !insertmacro DELETE_OURS DELETE_FILE "$Aside"
  ClearErrors
FunctionEnd

; A folder that somebody names gets one of ours in it, unless it is ours already. Windows compares names as LogicLib
; does, small letters with large.
Function FolderOfOurOwn
  StrCpy $0 $INSTDIR 1 -1
  ${If} $0 == "\"
    StrCpy $INSTDIR $INSTDIR -1
  ${EndIf}
  ${GetFileName} "$INSTDIR" $0
  ${If} $0 == "${NAME}"
    Return
  ${EndIf}
  ReadRegStr $0 SHCTX "Software\${NAME}" Folder
  ${If} $0 == $INSTDIR
    Return
  ${EndIf}
  StrCpy $INSTDIR "$INSTDIR\${NAME}"
FunctionEnd
