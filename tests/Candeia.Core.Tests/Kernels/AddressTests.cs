using System.Text.RegularExpressions;

namespace Candeia.Tests;

/// <summary>Addresses are seen in one folder only. What gives memory back while a kernel reads it cannot happen elsewhere.</summary>
public partial class AddressTests
{
    [GeneratedRegex(@"\bunsafe\b|\bGC\.KeepAlive\b|\bfixed \(|\.Pointer<|\.At<")]
    private static partial Regex Address { get; }

    [Fact]
    public void Only_the_folder_of_the_cpu_knows_addresses()
    {
        string root = Root(), cpu = Path.Combine(root, "src", "Candeia.Core", "Cpu") + Path.DirectorySeparatorChar;
        var files = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(cpu, StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        Assert.Empty(files.Where(f => Address.IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(root, f)));
        Assert.Equal(["Candeia.Core"], Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension));
    }

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Candeia.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }
}
