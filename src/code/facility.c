#include "facility.h"

#include <stdlib.h>

struct facility {
    unsigned number;
    const char *name;
};

/* clang-format off */
static const struct facility hresult_facilities[] = {
    {0, "Null"}, {1, "RPC"}, {2, "Dispatch"}, {3, "Storage"}, {4, "Interface"}, {7, "Win32"},
    {8, "Windows"}, {9, "Security"}, {10, "Control"}, {11, "Certificate"}, {12, "Internet"},
    {13, "MediaServer"}, {14, "MSMQ"}, {15, "SetupAPI"}, {16, "SmartCard"}, {17, "COMPlus"},
    {18, "AAF"}, {19, "URT"}, {20, "ACS"}, {21, "DirectPlay"}, {22, "UMI"}, {23, "SideBySide"},
    {24, "WindowsCE"}, {25, "HTTP"}, {26, "UserModeCommonLog"}, {27, "ErrorReporting"},
    {31, "UserModeFilterManager"}, {32, "BackgroundCopy"}, {33, "Configuration"},
    {34, "StateManagement"}, {35, "MetaDirectory"}, {36, "WindowsUpdate"},
    {37, "DirectoryService"}, {38, "Graphics"}, {39, "Shell"}, {40, "TPMServices"},
    {41, "TPMSoftware"}, {42, "UI"}, {43, "XAML"}, {44, "ActionQueue"}, {48, "PLA"},
    {49, "BitLocker"}, {50, "FilteringPlatform"}, {51, "WinRM"}, {52, "NDIS"},
    {53, "UserModeHypervisor"}, {54, "CMI"}, {55, "UserModeVirtualization"},
    {56, "UserModeVolMgr"}, {57, "BCD"}, {58, "UserModeVHD"}, {59, "UserModeHNS"}, {60, "SDIAG"},
    {61, "WebServices"}, {62, "PushNotification"}, {63, "WindowsStore"}, {64, "Input"},
    {65, "QUIC"}, {66, "EAP"}, {70, "IoRing"}, {80, "WindowsDefender"}, {81, "OPC"}, {82, "XPS"},
    {83, "RAS"}, {84, "MobileBroadband"}, {85, "EAS"}, {98, "P2PInt"}, {99, "P2P"}, {100, "DAF"},
    {101, "BluetoothATT"}, {102, "Audio"}, {103, "StateRepository"}, {109, "VisualCPP"},
    {112, "Script"}, {113, "Parse"}, {120, "Backup"}, {121, "BackupCLI"}, {122, "BackupApp"},
    {128, "BackupUI"}, {129, "USN"}, {130, "UserModeVolSnap"}, {131, "Tiering"},
    {133, "BackupOnline"}, {134, "OnlineID"}, {135, "DeviceUpdateAgent"},
    {136, "DriverServicing"}, {153, "DLS"}, {160, "SOS"}, {173, "OCPUpdateAgent"},
    {176, "Debuggers"}, {208, "DeliveryOptimization"}, {231, "UserModeSpaces"},
    {232, "UserModeSecurityCore"}, {234, "UserModeLicensing"}, {256, "Restore"},
    {257, "DeploymentServicesServer"}, {258, "DeploymentServicesImaging"},
    {259, "DeploymentServicesManagement"}, {260, "DeploymentServicesUtil"},
    {261, "DeploymentServicesBinlSvc"}, {263, "DeploymentServicesPXE"},
    {264, "DeploymentServicesTFTP"}, {272, "DeploymentServicesTransportManagement"},
    {278, "DeploymentServicesDriverProvisioning"}, {289, "DeploymentServicesMulticastServer"},
    {290, "DeploymentServicesMulticastClient"}, {293, "DeploymentServicesContentProvider"},
    {296, "HSPServices"}, {297, "HSPSoftware"}, {305, "LinguisticServices"}, {885, "Web"},
    {886, "WebSocket"}, {1094, "AudioStreaming"}, {1490, "TTD"}, {1536, "Accelerator"},
    {1793, "Mobile"}, {1967, "SQLite"}, {1968, "ServiceFabric"}, {1989, "UTC"},
    {1996, "WMAAECMA"}, {2000, "ConfigMgr"}, {2049, "WEP"}, {2050, "SyncEngine"},
    {2168, "DirectMusic"},
    {2169, "Direct3D10"}, {2170, "DXGI"}, {2171, "DXGIDDI"}, {2172, "Direct3D11"},
    {2173, "Direct3D11Debug"}, {2174, "Direct3D12"}, {2175, "Direct3D12Debug"}, {2176, "DXCore"},
    {2177, "Presentation"}, {2184, "Leap"}, {2185, "AudioClient"}, {2192, "WinML"},
    {2200, "WinCodecDWriteDWM"}, {2201, "Direct2D"}, {2304, "Defrag"}, {2305, "UserModeSDBus"},
    {2306, "JScript"}, {2339, "Xbox"}, {2340, "Game"}, {2341, "UserModeUnionFS"},
    {2342, "UserModePRM"}, {2343, "UserModeWinAccel"}, {2344, "PPF"}, {2561, "PidGenX"},
    {2748, "PIX"},
};

static const struct facility ntstatus_facilities[] = {
    {1, "Debugger"}, {2, "RPCRuntime"}, {3, "RPCStubs"}, {4, "IO"}, {6, "CodClass"}, {7, "Win32"},
    {8, "Certificate"}, {9, "SSPI"}, {10, "TerminalServer"}, {16, "USB"}, {17, "HID"},
    {18, "Firewire"}, {19, "Cluster"}, {20, "ACPI"}, {21, "SideBySide"}, {25, "Transaction"},
    {26, "CommonLog"}, {27, "Video"}, {28, "FilterManager"}, {29, "Monitor"},
    {30, "GraphicsKernel"}, {31, "Camera"}, {32, "DriverFramework"}, {33, "BitLocker"},
    {34, "FilteringPlatform"}, {35, "NDIS"}, {36, "QUIC"}, {41, "TPM"}, {42, "RTPM"},
    {53, "Hypervisor"}, {54, "IPsec"}, {55, "Virtualization"}, {56, "VolMgr"}, {57, "BCD"},
    {62, "Win32kUser"}, {63, "Win32kGDI"}, {64, "ResumeKeyFilter"}, {65, "RDBSS"},
    {66, "BluetoothATT"}, {67, "SecureBoot"}, {68, "AudioKernel"}, {69, "VSM"}, {70, "NtIoRing"},
    {80, "VolSnap"}, {81, "SDBus"}, {92, "SharedVHDX"}, {93, "SMB"}, {94, "XVS"},
    {153, "Interix"}, {231, "Spaces"}, {232, "SecurityCore"}, {233, "SystemIntegrity"},
    {234, "Licensing"}, {235, "PlatformManifest"}, {236, "AppExec"}, {237, "UnionFS"},
    {238, "PlatformRuntimeMechanism"}, {239, "WinAccel"},
};
/* clang-format on */

static int by_number(const void *key, const void *item) {
    unsigned number = *(const unsigned *)key;
    const struct facility *facility = item;
    return (number > facility->number) - (number < facility->number);
}

static const char *find(const struct facility *table, size_t count, unsigned number) {
    const struct facility *found = bsearch(&number, table, count, sizeof *table, by_number);
    return found ? found->name : NULL;
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

const char *hresult_facility(unsigned number) {
    return find(hresult_facilities, COUNT(hresult_facilities), number);
}

const char *ntstatus_facility(unsigned number) {
    return find(ntstatus_facilities, COUNT(ntstatus_facilities), number);
}
