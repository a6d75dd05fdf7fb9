using System.Security.Cryptography;
using System.Text;

namespace Candeia.Platforms;

/// <summary>One number for all bytes of a file, or of a folder with the names in it.</summary>
static class Hash
{
    public static string Of(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!Directory.Exists(path)) hash.AppendData(File.ReadAllBytes(path));
        else
            foreach (var (name, file) in Directory.GetFiles(path, "*", SearchOption.AllDirectories)
                .Select(file => (Path.GetRelativePath(path, file).Replace('\\', '/'), file)).OrderBy(f => f.Item1, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
                hash.AppendData(File.ReadAllBytes(file));
            }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
