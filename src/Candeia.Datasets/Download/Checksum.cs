using System.Security.Cryptography;

namespace Candeia.Datasets;

/// <summary>Checksums against damage on the way: MD5 or SHA-256, as they were published.</summary>
internal static class Checksum
{
    /// <exception cref="DatasetException">The file has another one.</exception>
    public static void Verify(string path, string checksum, IProgress<DataProgress>? progress = null)
    {
        using var stream = File.OpenRead(path);
        progress?.Report(new(DataStage.Verifying, 0, stream.Length));
        bool isMd5 = checksum.Length == 32;
#pragma warning disable CA5351 // nobody is to be kept from forging it
        string there = Convert.ToHexStringLower(isMd5 ? MD5.HashData(stream) : SHA256.HashData(stream));
#pragma warning restore CA5351
        if (there != checksum) throw new DatasetException($"'{path}' has the {(isMd5 ? "MD5" : "SHA-256")} {there}, not {checksum}; get the file again.");
    }
}
