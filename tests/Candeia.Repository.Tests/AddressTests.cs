using System.Text.RegularExpressions;

namespace Candeia.Repository.Tests;

/// <summary>
/// Addresses are seen in one folder only, and there come from three types, which hold the tensors that they point into: what gives memory back while a
/// kernel reads it cannot happen elsewhere. The binding to MPI hands handles and arrays of its own to native code, and no tensor; those to drivers
/// of graphics processors likewise.
/// </summary>
public partial class AddressTests
{
    static readonly string s_drivers = Path.Combine("src", "Candeia.Gpu", "Drivers") + Path.DirectorySeparatorChar;
    static readonly string s_mpi = Path.Combine("src", "Candeia.Distributed", "Mpi") + Path.DirectorySeparatorChar;
    static readonly string s_cpu = Path.Combine("src", "Candeia.Core", "Cpu") + Path.DirectorySeparatorChar;

    [GeneratedRegex(@"\bunsafe\b|\bGC\.KeepAlive\b|\bfixed \(|\bnint\b|\bIntPtr\b|\(HostStorage\)|\.At<|\bMarshal\.|\bNativeMemory\b")]
    private static partial Regex Address { get; }

    /// <summary>Every source file of the libraries.</summary>
    static IEnumerable<(string Path, string Text)> Sources() => Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Checkout.Root, f))
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Select(f => (f, Checkout.Read(f)));

    [Fact]
    public void Only_the_folder_of_the_cpu_knows_addresses()
    {
        string[] folders = [s_cpu, s_mpi, s_drivers];
        Assert.Empty(Sources().Where(s => !folders.Any(f => s.Path.StartsWith(f, StringComparison.Ordinal)) && Address.IsMatch(s.Text)).Select(s => s.Path));
        Assert.Contains(Sources(), s => s.Path.StartsWith(s_cpu, StringComparison.Ordinal) && Address.IsMatch(s.Text));
        Assert.Equal(["Candeia.Core", "Candeia.Gpu"], Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_holds_tensors_gives_their_addresses() => Assert.Equal(["ChainRuns.cs", "HostStorage.cs", "Pins.cs", "Runs.cs"],
        Sources().Where(s => Regex.IsMatch(s.Text, @"\bHostStorage\b.*\bAddress\b|\.Address\b|nint Address\b")).Select(s => Path.GetFileName(s.Path)).Order(StringComparer.Ordinal));
}
