; Inno Setup 6: one set-up program from the folder that build_app.py made on Windows.
;   iscc installer\windows\chatanyone.iss

#define Name "ChatAnyone"
#define Version "0.1.0"

[Setup]
AppId={{6E3E6B0A-6C39-4C5B-9F0B-2B5C7C3E7A41}
AppName={#Name}
AppVersion={#Version}
AppPublisher=The ChatAnyone authors
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
; For one user without an administrator, or for all with one.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename={#Name}-{#Version}-windows-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
UninstallDisplayIcon={app}\ChatAnyone.exe

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "startup"; Description: "Start with Windows"; Flags: unchecked

[Files]
Source: "..\..\dist\ChatAnyone\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[InstallDelete]
; Files of an older version must not be found by the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\ChatAnyone.exe"
Name: "{group}\What works on this computer"; Filename: "{cmd}"; Parameters: "/k ""{app}\chatanyone-cli.exe"" doctor"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\ChatAnyone.exe"; Tasks: desktop
Name: "{userstartup}\{#Name}"; Filename: "{app}\ChatAnyone.exe"; Tasks: startup

[Run]
Filename: "{app}\ChatAnyone.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
