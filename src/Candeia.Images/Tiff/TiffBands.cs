using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>Samples of any number and kind as tensors.</summary>
internal static class TiffBands
{
    public static Tensor Of(in TiffFile file, byte[] samples) => (file.Kind, file.Bits) switch
    {
        (TiffKind.Whole, <= 8) => Made(file, samples),
        (TiffKind.Signed, 8) => Made(file, Array.ConvertAll(samples, s => (float)(sbyte)s)),
        (TiffKind.Whole, 16) => Made(file, Converted<ushort, float>(samples, s => s)),
        (TiffKind.Signed, 16) => Made(file, Converted<short, float>(samples, s => s)),
        (TiffKind.Whole, 32) => Made(file, Converted<uint, double>(samples, s => s)),
        (TiffKind.Signed, 32) => Made(file, Converted<int, double>(samples, s => s)),
        (_, 32) => Made(file, Converted<float, float>(samples, s => s)),
        _ => Made(file, Converted<double, double>(samples, s => s)),
    };

    static Tensor Made<T>(in TiffFile file, T[] values) where T : unmanaged => Tensor.From(values, [file.Height, file.Width, file.Samples]).Permute(2, 0, 1).Contiguous();

    static TTo[] Converted<TFrom, TTo>(byte[] samples, Func<TFrom, TTo> convert) where TFrom : unmanaged where TTo : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(samples.AsSpan());
        var to = new TTo[from.Length];
        for (int i = 0; i < to.Length; i++) to[i] = convert(from[i]);
        return to;
    }
}
