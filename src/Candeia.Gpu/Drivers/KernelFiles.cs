using System.Security.Cryptography;
using System.Text;

namespace Candeia.Gpu;

/// <summary>
/// Compiled kernels on disk, in a folder that belongs to the user alone, each under a name that follows from text, compiler and device. A file begins with a hash of the rest: one
/// that was cut off, or changed, counts as none. It is written whole or not at all, so that processes beside each other do not disturb.
/// </summary>
internal sealed class KernelFiles(string folder)
{
    /// <summary>The variable that names another folder, or, by being empty, none.</summary>
    public const string Variable = "CANDEIA_KERNELS";

    const long MostBytes = 1L << 26;

    /// <summary>Where this user's are; null where there shall be none.</summary>
    public static KernelFiles? OfUser
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { } named) return named.Length > 0 ? new(named) : null;
            string home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return home.Length > 0 ? new(Path.Combine(home, "candeia", "kernels")) : null;
        }
    }

    /// <summary>The name of what a text becomes.</summary>
    public static string NameOf(string identity, string options, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{options}\n{text}")));

    string PathOf(string name) => Path.Combine(folder, name + ".kernel");

    /// <summary>The compiled kernel of a name; null where there is none that is whole.</summary>
    public byte[]? Read(string name)
    {
        try
        {
            var file = new FileInfo(PathOf(name));
            if (!file.Exists || file.Length <= SHA256.HashSizeInBytes || file.Length > MostBytes) return null;
            byte[] bytes = File.ReadAllBytes(file.FullName);
            return bytes.Length > SHA256.HashSizeInBytes && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))
                ? bytes[SHA256.HashSizeInBytes..] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a compiled kernel, if that can be done.</summary>
    public void Write(string name, ReadOnlySpan<byte> kernel)
    {
        if (kernel.Length == 0 || kernel.Length >= MostBytes - SHA256.HashSizeInBytes) return;
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            WholeFile.Write(PathOf(name), [.. SHA256.HashData(kernel), .. kernel]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process compiles it once more.
        }
    }
}
