; The programs that run: ended politely where that is possible, gone on with where it is not, and started again.
;
; A start without a window and one with it hold the same hidden window, by which a later start finds them in this
; session; another user's session has its own, which nobody reaches from here.

!define HIDDEN_WINDOW "jp.madoguchi.terminal-sic"
!define HIDDEN_WINDOW_OF_STREET "jp.madoguchi.street-sic"
!define WINDOW "Tauri Window"
!define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
; TOKEN_DUPLICATE and TOKEN_QUERY
!define LOOK_AT_TOKEN 0x000A
!define MAXIMUM_ALLOWED 0x02000000
!define SECURITY_IMPERSONATION 2
!define TOKEN_PRIMARY 1
!define LOGON_WITH_PROFILE 1
; PROCESS_QUERY_INFORMATION and PROCESS_VM_READ
!define READ_PROCESS 0x0410
!define PROCESS_BASIC 0
; In a process's PEB the place of its parameters, and in these of its command line.
!define PARAMETERS_AT 32
!define LINE_AT 112
; Bytes of STARTUPINFOW, of PROCESS_INFORMATION, of PROCESS_BASIC_INFORMATION, and room for a command line.
!define START_SIZE 104
!define STARTED_SIZE 24
!define BASIC_SIZE 48
!define LINE_SIZE 4096
; Bytes of a command line that a variable can hold beside the path of a program.
!define LINE_MOST 1400

; As whom the counter and the street's software ran before they were ended: a token, "unknown" where Windows hands none
; over, 0 where they did not run here. And what each is told when it is started again.
Var Counter
Var CounterWords
Var Street
Var StreetWords
; Whether one of them could not be started again.
Var NotStarted

; $2 becomes 1 where the file is there and a running program holds it.
!macro LOOK_WHETHER_HELD FOLDER FILE
  ${If} ${FileExists} "${FOLDER}\${FILE}"
    ClearErrors
    FileOpen $0 "${FOLDER}\${FILE}" a
    ${If} ${Errors}
      StrCpy $2 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro LOOK_IN FOLDER
  !insertmacro LOOK_WHETHER_HELD "${FOLDER}" "madoguchi.exe"
  !insertmacro LOOK_WHETHER_HELD "${FOLDER}" "madoguchi-terminal.exe"
  !insertmacro LOOK_WHETHER_HELD "${FOLDER}" "madoguchi-receive.exe"
!macroend

; What runs from files that were put aside goes on there.
!macro LOOK_BEFORE_SETUP
  !insertmacro LOOK_IN "$INSTDIR"
!macroend

!macro LOOK_BEFORE_REMOVAL
  !insertmacro LOOK_IN "$INSTDIR"
  ${ForEach} $3 1 ${MOST_ASIDE} + 1
    !insertmacro LOOK_IN "$INSTDIR\${ASIDE}$3"
  ${Next}
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
!macro END_PROGRAM LOOK
  !insertmacro TELL_TO_END "${HIDDEN_WINDOW}" "--end"
  !insertmacro TELL_TO_END "${HIDDEN_WINDOW_OF_STREET}" "--end --street"
  ${ForEach} $1 1 40 + 1
    StrCpy $2 0
    !insertmacro ${LOOK}
    ${If} $2 == 0
      ${ExitFor}
    ${EndIf}
    Sleep 250
  ${Next}
  ; What was not found until here is no error of what follows.
  ClearErrors
!macroend

!macro REMEMBER CLASS WHOSE WORDS UN
  StrCpy ${WHOSE} 0
  FindWindow $0 "${CLASS}"
  ${If} $0 <> 0
    Call ${UN}LookAtProcess
    Call ${UN}WordsToGoOnWith
    StrCpy ${WHOSE} $2
    StrCpy ${WORDS} $3
  ${EndIf}
!macroend

!macro START_AGAIN WHOSE WORDS UN
  ${If} ${WHOSE} != 0
    StrCpy $1 ${WHOSE}
    StrCpy $2 ${WORDS}
    Call ${UN}StartAs
    ${If} $0 == 0
      StrCpy $NotStarted 1
    ${EndIf}
    StrCpy ${WHOSE} 0
  ${EndIf}
!macroend

; The setup and the removal each have these.
!macro GOING_ON UN
; Of the process that the window in $0 belongs to: $1 its number, $2 as whom and with which rights it runs, $3 how it was
; started.
Function ${UN}LookAtProcess
  StrCpy $2 "unknown"
  System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r1)'
  System::Call 'kernel32::OpenProcess(i ${PROCESS_QUERY_LIMITED_INFORMATION}, i 0, i r1) p .r4'
  System::Call 'advapi32::OpenProcessToken(p r4, i ${LOOK_AT_TOKEN}, *p .r5) i .r6'
  ${If} $6 <> 0
    System::Call 'advapi32::DuplicateTokenEx(p r5, i ${MAXIMUM_ALLOWED}, p 0, i ${SECURITY_IMPERSONATION}, i ${TOKEN_PRIMARY}, *p .r7) i .r6'
    ${If} $6 <> 0
      StrCpy $2 $7
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p r5)'
  ${EndIf}
  System::Call 'kernel32::CloseHandle(p r4)'
  Call ${UN}LineOfProcess
FunctionEnd

; $3: how the process $1 was started, as one line; empty where Windows does not say so. It stands where each process of
; 64 bits keeps what it was told.
Function ${UN}LineOfProcess
  StrCpy $3 ""
  System::Call 'kernel32::OpenProcess(i ${READ_PROCESS}, i 0, i r1) p .r4'
  System::Alloc ${BASIC_SIZE}
  Pop $5
  System::Alloc ${LINE_SIZE}
  Pop $8
  System::Call 'ntdll::NtQueryInformationProcess(p r4, i ${PROCESS_BASIC}, p r5, i ${BASIC_SIZE}, p 0)'
  System::Call '*$5(p, p .r7)'
  System::Int64Op $7 + ${PARAMETERS_AT}
  Pop $7
  System::Call 'kernel32::ReadProcessMemory(p r4, p r7, p r5, p 8, p 0)'
  System::Call '*$5(p .r7)'
  System::Int64Op $7 + ${LINE_AT}
  Pop $7
  System::Call 'kernel32::ReadProcessMemory(p r4, p r7, p r5, p 16, p 0) i .r0'
  ${If} $0 <> 0
    ; Its length, the room for it, four bytes of nothing, and where it stands.
    System::Call '*$5(&i2 .r6, &i2, &i4, p .r7)'
    ${If} $6 < ${LINE_MOST}
      System::Call 'kernel32::ReadProcessMemory(p r4, p r7, p r8, p r6, p 0)'
      System::Call '*$8(&w${NSIS_MAX_STRLEN} .r3)'
    ${EndIf}
  ${EndIf}
  System::Free $5
  System::Free $8
  System::Call 'kernel32::CloseHandle(p r4)'
FunctionEnd

; $3, a whole command line, becomes what is told after the program's name, with a window where the process $1 shows one,
; and without where it shows none. Training and the street's software are never without.
Function ${UN}WordsToGoOnWith
  StrCpy $4 $3 1
  StrCpy $5 1
  ${If} $4 != '"'
    StrCpy $4 " "
    StrCpy $5 0
  ${EndIf}
  ${Do}
    StrCpy $6 $3 1 $5
    IntOp $5 $5 + 1
    ${If} $6 == ""
      ${ExitDo}
    ${EndIf}
  ${LoopUntil} $6 == $4
  StrCpy $3 $3 "" $5
  ${If} $3 != ""
    StrCpy $3 " $3"
  ${EndIf}
  ${WordReplace} "$3" ' "--background"' "" "+" $4
  ${WordReplace} "$4" ' --background' "" "+" $4
  ${WordReplace} "$4" ' "--with-pc"' "" "+" $4
  ${WordReplace} "$4" ' --with-pc' "" "+" $3
  ${WordReplace} "$3" "--training" "" "+" $4
  ${WordReplace} "$4" "--street" "" "+" $4
  ${If} $4 != $3
    Return
  ${EndIf}
  StrCpy $5 0
  ${Do}
    FindWindow $5 "${WINDOW}" "" 0 $5
    ${If} $5 = 0
      StrCpy $3 "$3 --background"
      Return
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p r5, *i .r6)'
    System::Call 'user32::IsWindowVisible(p r5) i .r7'
    ${If} $6 = $1
    ${AndIf} $7 <> 0
      Return
    ${EndIf}
  ${Loop}
FunctionEnd

; Before they are ended. Somebody who sat before the window gets it back.
Function ${UN}RememberWhatRuns
  !insertmacro REMEMBER "${HIDDEN_WINDOW}" $Counter $CounterWords "${UN}"
  !insertmacro REMEMBER "${HIDDEN_WINDOW_OF_STREET}" $Street $StreetWords "${UN}"
  ; Where Windows does not say how it was started, it is the street's software all the same.
  ${WordReplace} "$StreetWords" "--street" "" "+" $0
  ${If} $0 == $StreetWords
    StrCpy $StreetWords " --street"
  ${EndIf}
  ClearErrors
FunctionEnd

; Starts the program as the token in $1, told $2. A setup that may write for all users has rights that a counter must not
; have: it starts none without a token. One without such rights may not hand over a token, and has those of its user,
; which are the right ones. $0 is 0 where nothing was started.
Function ${UN}StartAs
  StrCpy $0 0
  ${IfNot} ${FileExists} "$INSTDIR\madoguchi.exe"
    Return
  ${EndIf}
  SetOutPath "$INSTDIR"
  StrCpy $6 '"$INSTDIR\madoguchi.exe"$2'
  StrCpy $7 "$INSTDIR\madoguchi.exe"
  ${If} $1 != "unknown"
    System::Alloc ${START_SIZE}
    Pop $8
    System::Call '*$8(i ${START_SIZE})'
    System::Alloc ${STARTED_SIZE}
    Pop $9
    System::Call 'advapi32::CreateProcessWithTokenW(p r1, i ${LOGON_WITH_PROFILE}, w r7, w r6, i 0, p 0, p 0, p r8, p r9) i .r0'
    System::Free $8
    System::Free $9
    System::Call 'kernel32::CloseHandle(p r1)'
  ${EndIf}
  ${If} $0 == 0
  ${AndIf} $MultiUser.Privileges != "Admin"
    ClearErrors
    Exec $6
    ${IfNot} ${Errors}
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; Also where the new one could not be put in its place: what was ended goes on with what is there.
Function ${UN}StartWhatRan
  StrCpy $NotStarted 0
  !insertmacro START_AGAIN $Counter $CounterWords "${UN}"
  !insertmacro START_AGAIN $Street $StreetWords "${UN}"
FunctionEnd
!macroend
!insertmacro GOING_ON ""
!insertmacro GOING_ON "un."

Function StartAgain
  Call StartWhatRan
  ${If} $NotStarted == 1
    !insertmacro NOT_ALL "$(NOT_STARTED)"
  ${EndIf}
FunctionEnd

; At the setup's last page. Whoever sits at the PC opens it, not the administrator whose rights the setup has: the
; desktop runs as that person.
Function OpenTheWindow
  StrCpy $2 "unknown"
  System::Call 'user32::GetShellWindow() p .r0'
  ${If} $0 <> 0
    Call LookAtProcess
  ${EndIf}
  StrCpy $1 $2
  StrCpy $2 ""
  Call StartAs
  ${If} $0 == 0
    MessageBox MB_OK|MB_ICONINFORMATION "$(NOT_STARTED)" /SD IDOK
  ${EndIf}
FunctionEnd

; One that does not end, or runs where another user is signed in, goes on from files that are given another name; it is
; the new one from its next start. Whoever sits before the setup can end it instead, or leave everything as it is.
Function EndProgram
  Call RememberWhatRuns
  closing:
  !insertmacro END_PROGRAM LOOK_BEFORE_SETUP
  ${If} $2 == 1
    MessageBox MB_ABORTRETRYIGNORE|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDIGNORE IDRETRY closing IDIGNORE going_on
    Call .onInstFailed
    Call StartAgain
    SetErrorLevel ${IN_USE_CODE}
    Quit
  ${EndIf}
  going_on:
FunctionEnd

; Nothing is taken away under a program that runs, also not under one that runs from files that were put aside.
Function un.EndProgram
  Call un.RememberWhatRuns
  closing:
  !insertmacro END_PROGRAM LOOK_BEFORE_REMOVAL
  ${If} $2 == 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE_YET)" /SD IDCANCEL IDRETRY closing
    Call un.StartWhatRan
    SetErrorLevel ${IN_USE_CODE}
    Quit
  ${EndIf}
FunctionEnd
