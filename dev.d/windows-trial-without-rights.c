/* Starts a program as a user who is no administrator, waits for it, and ends with what it ends with.
 *
 * Of the trial of the Windows setup alone: under Wine every user is an administrator. */
#include <windows.h>
#include <wchar.h>

/* What was started could not be: a code that no setup has. */
#define NOT_STARTED 99

static BOOL without_rights(HANDLE *token)
{
    SID_IDENTIFIER_AUTHORITY nt = {SECURITY_NT_AUTHORITY};
    SID_AND_ATTRIBUTES administrators = {0};
    HANDLE own;

    return AllocateAndInitializeSid(&nt, 2, SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                    &administrators.Sid) &&
           OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own) &&
           CreateRestrictedToken(own, DISABLE_MAX_PRIVILEGE, 1, &administrators, 0, NULL, 0, NULL, token);
}

/* The first word is this program; what follows is the other's command line as it was written. */
static WCHAR *what_follows(WCHAR *line)
{
    BOOL quoted = FALSE;
    for (; *line && (quoted || *line != L' '); line++)
        if (*line == L'"') quoted = !quoted;
    while (*line == L' ') line++;
    return line;
}

int wmain(void)
{
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION started;
    DWORD code = NOT_STARTED;
    HANDLE token;

    if (!without_rights(&token)) return NOT_STARTED;
    if (!CreateProcessAsUserW(token, NULL, what_follows(GetCommandLineW()), NULL, NULL, FALSE, 0, NULL, NULL, &start, &started))
        return NOT_STARTED;
    WaitForSingleObject(started.hProcess, INFINITE);
    GetExitCodeProcess(started.hProcess, &code);
    return (int)code;
}
