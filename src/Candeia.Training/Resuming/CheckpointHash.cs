using System.Security.Cryptography;
using System.Text;

namespace Candeia.Training;

/// <summary>What a checkpoint holds, as a number that no damage leaves as it was.</summary>
internal static class CheckpointHash
{
    /// <summary>The SHA-256 of all names, types, shapes, numbers and texts.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            Add(hash, $"{name}:{tensor.DType}{tensor.Shape}");
            tensor.ReadBytes(hash.AppendData);
        }
        foreach (var (name, text) in texts.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, text);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
