using Candeia.Kernels;

namespace Candeia;

/// <summary>Masks for the kernels that count and find what is true.</summary>
internal static unsafe class NonZeroCalls
{
    public static void Count(Tensor mask, Tensor count)
    {
        var truth = mask.Contiguous();
        using var pins = Pins.Of(truth, count);
        *pins.At<long>(1) = NonZeros.Count(pins.At<byte>(0), truth.Numel);
    }

    public static void Find(Tensor mask, Tensor found)
    {
        var truth = mask.Contiguous();
        using var pins = Pins.Of(truth, found);
        NonZeros.Find(pins.At<byte>(0), truth.Numel, truth.Shape, pins.At<long>(1), found.Shape[0]);
    }
}
