namespace Candeia;

/// <summary>What one of PyTorch's three containers holds.</summary>
/// <param name="Name">Which it is.</param>
/// <param name="Content">The object that was saved.</param>
/// <param name="Zip">The archive that it is, where it is one.</param>
internal sealed record PyTorchContainer(string Name, object? Content, ZipDirectory? Zip = null)
{
    const int TarMagic = 257;

    /// <summary>Looks at how the file begins, and reads it.</summary>
    public static PyTorchContainer Read(FileBytes file, bool keepForeign)
    {
        byte[] head = file.Head(512);
        if (ZipDirectory.IsZip(head)) return PyTorchZip.Read(file, new(file), keepForeign);
        if (IsTar(head)) return PyTorchTar.Read(file, keepForeign);
        if (IsPickle(head)) return PyTorchLegacy.Read(file, keepForeign);
        throw file.Error($"it is no file of PyTorch: it begins with {Convert.ToHexStringLower(head.AsSpan(0, Math.Min(8, head.Length)))}");
    }

    public static bool IsTar(ReadOnlySpan<byte> head) => head.Length >= TarMagic + 5 && head.Slice(TarMagic, 5).SequenceEqual("ustar"u8);

    /// <summary>Whether it begins with an instruction that says which pickle it is.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> head) => head is [0x80, <= 5, ..];
}
