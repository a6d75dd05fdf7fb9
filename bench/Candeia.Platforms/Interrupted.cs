using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Candeia.Platforms;

/// <summary>Presses Ctrl+C, as it were, when a training has begun.</summary>
static class Interrupted
{
    const int SigInt = 2, CtrlC = 0;

    public static void Once(string folder) => new Thread(() =>
    {
        while (!Directory.Exists(folder) || Directory.GetFiles(folder, "events*", SearchOption.AllDirectories).Length == 0) Thread.Sleep(50);
        Thread.Sleep(1000);
        if (OperatingSystem.IsWindows() ? !GenerateConsoleCtrlEvent(CtrlC, 0) : Kill(Environment.ProcessId, SigInt) != 0)
            Console.Error.WriteLine($"Ctrl+C could not be pressed: {new Win32Exception().Message}");
    }) { IsBackground = true }.Start();

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern bool GenerateConsoleCtrlEvent(int key, int group);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
