# The Windows bundle and its installer, into dist\:
#
#     powershell -File packaging\windows\build.ps1
#
# Needs Python 3.11 in PATH, and NSIS (makensis) for the installer. SIGN_COMMAND, when set, is run with each file to
# sign as its last argument, for example: signtool sign /fd sha256 /tr http://timestamp.digicert.com /td sha256 /n NAME
$ErrorActionPreference = 'Stop'
$top = (Resolve-Path "$PSScriptRoot\..\..").Path
Set-Location $top
New-Item -ItemType Directory -Force build, dist | Out-Null

function Invoke-Checked([string] $program, [string[]] $words) {
    & $program @words
    if ($LASTEXITCODE -ne 0) { throw "$program ended with exit status $LASTEXITCODE" }
}

function Protect-File([string] $file) {
    if ($env:SIGN_COMMAND) { Invoke-Checked 'cmd' @('/c', "$env:SIGN_COMMAND `"$file`"") }
}

foreach ($name in 'venv', 'tools') {
    Invoke-Checked 'python' @('-m', 'venv', '--clear', "build\$name")
}
$python = 'build\venv\Scripts\python.exe'
$tools = 'build\tools\Scripts\python.exe'
$install = @('-m', 'pip', 'install', '--quiet', '--require-hashes', '--no-build-isolation', '--requirement')
foreach ($lock in 'runtime', 'build') { Invoke-Checked $python ($install + "packaging\locks\$lock.txt") }
foreach ($lock in 'backend', 'tools') { Invoke-Checked $tools ($install + "packaging\locks\$lock.txt") }

$version = & $python -c 'import workbench; print(workbench.__version__)'
$env:QT_QPA_PLATFORM = 'offscreen'
Invoke-Checked $python @('packaging\render_icon.py', 'resources\icons\application.svg', '256', 'build\icon.ico')
Remove-Item Env:QT_QPA_PLATFORM
$env:PYTHONHASHSEED = '0'
Invoke-Checked 'build\venv\Scripts\pyinstaller.exe' @('--noconfirm', '--log-level', 'WARN', '--distpath', 'build\bundle',
    '--workpath', 'build\pyinstaller', 'packaging\mtls-workbench.spec')
$bundle = 'build\bundle\mtls-workbench'
$env:PYTHONPATH = "$top;$top\build\venv\Lib\site-packages"
Invoke-Checked $tools @('packaging\papers.py', $bundle, 'packaging\locks\runtime.txt', $python)
Remove-Item Env:PYTHONPATH
Copy-Item "$bundle\bill-of-materials.cdx.json" "dist\mtls-workbench_$version-windows.cdx.json"
foreach ($program in 'mtls-workbench', 'mtls-workbench-window') { Protect-File "$bundle\$program.exe" }

Invoke-Checked "$bundle\mtls-workbench.exe" @('self-test')
Invoke-Checked 'makensis' @('/V2', "/DVERSION=$version", "/DBUNDLE=$top\$bundle", "/DOUT=$top\dist\mtls-workbench-$version-setup.exe",
    'packaging\windows\installer.nsi')
Protect-File "dist\mtls-workbench-$version-setup.exe"
