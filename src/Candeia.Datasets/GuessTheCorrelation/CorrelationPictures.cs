using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// The pictures of a split, read when they are asked for and then kept: one bit a pixel where they are black and white, as all real ones are, so that
/// 20 000 take 56 MB and no epoch after the first decodes a file.
/// </summary>
internal sealed class CorrelationPictures(int count, Func<int, string> file, Func<int, string> place)
{
    const int Size = Scatterplot.Size, Pixels = Size * Size, PackedBytes = (Pixels + 7) / 8;
    const long MostFileBytes = 1 << 20, MostKept = 512L << 20;

    readonly byte[]?[] _kept = new byte[count][];
    long _keptBytes;

    /// <summary>A picture as [150, 150], white 1 and black 0; several threads may ask at once.</summary>
    /// <exception cref="DatasetException">The file is missing, damaged, or of another size.</exception>
    public Tensor this[int index]
    {
        get
        {
            byte[]? picture = Volatile.Read(ref _kept[index]);
            if (picture is null)
            {
                picture = Pack(ReadGray(file(index), place(index)));
                if (Interlocked.Add(ref _keptBytes, picture.Length) <= MostKept) Volatile.Write(ref _kept[index], picture);
            }
            return ToTensor(picture);
        }
    }

    /// <summary>The gray values of a picture in a file.</summary>
    public static byte[] ReadGray(string file, string place)
    {
        string another = place.Length == 0 ? "name another picture" : "get the data again";
        try
        {
            var gray = new byte[Pixels];
            Image.DecodeGray(OrdinaryFile.ReadAllBytes(file, MostFileBytes), Size, Size, gray);
            return gray;
        }
        catch (ImageFormatException fault)
        {
            throw new DatasetException(
                $"'{file}'{place} is no picture of {Size}×{Size} pixels ({fault.Message.TrimEnd('.')}); replace it, or {another}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{file}'{place} cannot be read ({fault.Message.TrimEnd('.')}); {another}.", fault);
        }
    }

    /// <summary>Gray values as [150, 150], from 0 to 1.</summary>
    public static Tensor ToTensor(byte[] picture)
    {
        var tensor = Tensor.Empty([Size, Size]);
        tensor.Write<float>(values =>
        {
            if (picture.Length == Pixels) for (int i = 0; i < values.Length; i++) values[i] = picture[i] / 255f;
            else Expand(picture, values);
        });
        return tensor;
    }

    static byte[] Pack(byte[] gray)
    {
        if (gray.AsSpan().ContainsAnyExcept(Scatterplot.Black, Scatterplot.White)) return gray;
        var bits = new byte[PackedBytes];
        for (int i = 0; i < gray.Length; i++) bits[i >> 3] |= (byte)((gray[i] & 1) << (i & 7));
        return bits;
    }

    static void Expand(ReadOnlySpan<byte> bits, Span<float> values)
    {
        var masks = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        var one = Vector256.Create(1f).AsInt32();
        ref float target = ref MemoryMarshal.GetReference(values);
        int whole = values.Length / 8;
        for (int i = 0; i < whole; i++)
            (Vector256.Equals(Vector256.Create((int)bits[i]) & masks, masks) & one).AsSingle().StoreUnsafe(ref target, (nuint)(8 * i));
        for (int i = 8 * whole; i < values.Length; i++) values[i] = bits[whole] >> (i & 7) & 1;
    }
}
