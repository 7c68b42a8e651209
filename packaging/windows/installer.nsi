; The installer for one person, without administrator's rights. Called by build.ps1 with VERSION, BUNDLE and OUT;
; prove_installer.sh gives a TARGET too, since Debian's wine alone runs no 32-bit programs.
;
;     mtls-workbench-…-setup.exe /S              installs silently; /PATH=1 also puts the command on PATH
;     uninstall.exe /S                           removes silently; the person's data stay

!ifdef TARGET
    Target ${TARGET}
!endif
Unicode true
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinMessages.nsh

!define NAME "mTLS Workbench"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\mtls-workbench"
!define CLASS "mtls-workbench.file"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\mTLS Workbench"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

; A program that runs cannot be replaced: better to say so than to leave half of two versions.
!macro REFUSE_WHILE_RUNS PROGRAM
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ClearErrors
        FileOpen $0 "$INSTDIR\${PROGRAM}" a
        ${If} ${Errors}
            MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME} is running. Close it and try again." /SD IDOK
            SetErrorLevel 2
            Abort "${NAME} is running. Close it and try again."
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend
!macro REFUSE_WHILE_RUNNING
    !insertmacro REFUSE_WHILE_RUNS "mtls-workbench.exe"
    !insertmacro REFUSE_WHILE_RUNS "mtls-workbench-window.exe"
!macroend

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section "${NAME}" program
    SectionIn RO
    !insertmacro REFUSE_WHILE_RUNNING
    ; An upgrade takes the old program away first, so that no module of it stays; data lie elsewhere.
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
    SetOutPath "$INSTDIR"
    File /r "${BUNDLE}\*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\mtls-workbench-window.exe"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\mtls-workbench-window.exe"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
    ; Offered under “Open with”, never taken from the program that has them.
    WriteRegStr HKCU "Software\Classes\${CLASS}" "" "Certificate, key or collection"
    WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\mtls-workbench-window.exe" "%1"'
    !macro OFFER EXTENSION
        WriteRegStr HKCU "Software\Classes\.${EXTENSION}\OpenWithProgids" "${CLASS}" ""
    !macroend
    !insertmacro OFFER "p12"
    !insertmacro OFFER "pfx"
    !insertmacro OFFER "pem"
    !insertmacro OFFER "crt"
    !insertmacro OFFER "cer"
    !insertmacro OFFER "p7b"
    !insertmacro OFFER "jks"
SectionEnd

Section /o "Command mtls-workbench on PATH" path
    ReadRegStr $0 HKCU "Environment" "Path"
    Push "$0"
    Push "$INSTDIR"
    Call InPath
    Pop $1
    StrCmp $1 "yes" done
    StrCmp $0 "" 0 append
    WriteRegExpandStr HKCU "Environment" "Path" "$INSTDIR"
    Goto tell
append:
    ; A PATH that fills NSIS's strings may have been cut off: then it is left alone.
    StrLen $2 "$0;$INSTDIR"
    IntCmp $2 ${NSIS_MAX_STRLEN} long 0 long
    WriteRegExpandStr HKCU "Environment" "Path" "$0;$INSTDIR"
tell:
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
    Goto done
long:
    DetailPrint "PATH is too long to be changed safely; add $INSTDIR by hand."
done:
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${program} "The window and the command line."
    !insertmacro MUI_DESCRIPTION_TEXT ${path} "Lets you type mtls-workbench in any terminal."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/PATH=" $1
    IfErrors +3
    StrCmp $1 "1" 0 +2
    SectionSetFlags ${path} 1
FunctionEnd

; InPath PATH FOLDER: "yes" when FOLDER is one of PATH's entries.
Function InPath
    Exch $R1 ; folder
    Exch
    Exch $R0 ; path
    Push $R2
    Push $R3
    StrCpy $R0 ";$R0;"
    StrCpy $R1 ";$R1;"
    StrLen $R3 $R1
loop:
    StrCpy $R2 $R0 $R3
    StrCmp $R2 $R1 found
    StrCpy $R0 $R0 "" 1
    StrCmp $R0 "" missing loop
found:
    StrCpy $R0 "yes"
    Goto end
missing:
    StrCpy $R0 "no"
end:
    Pop $R3
    Pop $R2
    StrCpy $R1 $R0
    Pop $R0
    Exch $R1
FunctionEnd

; FOLDER taken out of the person's PATH, which is left alone where NSIS may have cut it off.
!macro LEAVE_PATH
    ReadRegStr $0 HKCU "Environment" "Path"
    StrLen $1 $0
    IntOp $2 ${NSIS_MAX_STRLEN} - 3
    IntCmp $1 $2 kept 0 kept
    StrCpy $0 ";$0;"
    StrCpy $1 ";$INSTDIR;"
    StrLen $2 $1
    StrCpy $3 0
search:
    StrCpy $4 $0 $2 $3
    StrCmp $4 "" kept
    StrCmp $4 $1 found
    IntOp $3 $3 + 1
    Goto search
found:
    StrCpy $4 $0 $3
    IntOp $3 $3 + $2
    StrCpy $5 $0 "" $3
    StrCpy $0 "$4;$5" "" 1
    StrCpy $1 $0 1 -1
    StrCmp $1 ";" 0 +2
    StrCpy $0 $0 -1
    StrCmp $0 "" 0 +3
    DeleteRegValue HKCU "Environment" "Path"
    Goto +2
    WriteRegExpandStr HKCU "Environment" "Path" $0
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
kept:
!macroend

Section "Uninstall"
    !insertmacro REFUSE_WHILE_RUNNING
    !insertmacro LEAVE_PATH
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
    Delete "$INSTDIR\mtls-workbench.exe"
    Delete "$INSTDIR\mtls-workbench-window.exe"
    Delete "$INSTDIR\bill-of-materials.cdx.json"
    Delete "$INSTDIR\CHANGELOG.md"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    !macro TAKE_BACK EXTENSION
        DeleteRegValue HKCU "Software\Classes\.${EXTENSION}\OpenWithProgids" "${CLASS}"
        DeleteRegKey /ifempty HKCU "Software\Classes\.${EXTENSION}\OpenWithProgids"
        DeleteRegKey /ifempty HKCU "Software\Classes\.${EXTENSION}"
    !macroend
    !insertmacro TAKE_BACK "p12"
    !insertmacro TAKE_BACK "pfx"
    !insertmacro TAKE_BACK "pem"
    !insertmacro TAKE_BACK "crt"
    !insertmacro TAKE_BACK "cer"
    !insertmacro TAKE_BACK "p7b"
    !insertmacro TAKE_BACK "jks"
    DeleteRegKey HKCU "Software\Classes\${CLASS}"
    DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
