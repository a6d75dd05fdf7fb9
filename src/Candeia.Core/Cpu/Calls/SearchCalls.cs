using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Row-major tensors for the kernels that seek places in sorted lines, sort rows, and count in bins.</summary>
internal static unsafe class SearchCalls
{
    /// <summary>Where values belong in sorted lines.</summary>
    public static void Places(Tensor sorted, Tensor values, bool right, Tensor places)
    {
        Tensor lines = sorted.Contiguous(), sought = values.Contiguous();
        long n = sorted.Shape[^1], each = sorted.Rank == 1 ? values.Numel : values.Shape[^1];
        Numbers.RunReal(sorted.DType, new PlacesCall(lines, sought, right, n, Math.Max(1, each), places));
    }

    /// <summary>The order of rows, from their first element to their last.</summary>
    public static void Rows(Tensor x, Tensor order)
    {
        var rows = x.Contiguous();
        Numbers.RunReal(x.DType, new RowsCall(rows, order));
    }

    /// <summary>How many elements lie in each of equal spaces between two numbers.</summary>
    public static void Count(Tensor x, double min, double max, Tensor counts)
    {
        var values = x.Contiguous();
        Numbers.RunFloat(x.DType, new CountCall(values, min, max, counts));
    }

    /// <summary>How often each whole number from 0 on occurs.</summary>
    public static void Count(Tensor x, Tensor counts)
    {
        var values = x.Contiguous();
        Numbers.RunWhole(x.DType, new CountWholeCall(values, counts));
    }

    readonly struct CountWholeCall(Tensor x, Tensor counts) : IWholeCall
    {
        public void Run<T>() where T : unmanaged, IBinaryInteger<T>
        {
            using var pins = Pins.Of(x, counts);
            Bins.Count(pins.At<T>(0), x.Numel, counts.Shape[0], pins.At<long>(1));
        }
    }

    readonly struct PlacesCall(Tensor sorted, Tensor values, bool right, long n, long each, Tensor places) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var pins = Pins.Of(sorted, values, places);
            SortedPlaces.Run(pins.At<T>(0), n, pins.At<T>(1), each, values.Numel, right, pins.At<long>(2));
        }
    }

    readonly struct RowsCall(Tensor x, Tensor order) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var pins = Pins.Of(x, order);
            RowOrder.Run(pins.At<T>(0), x.Shape[0], x.Shape[1], pins.At<long>(1));
        }
    }

    readonly struct CountCall(Tensor x, double min, double max, Tensor counts) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var pins = Pins.Of(x, counts);
            Bins.Count(pins.At<T>(0), x.Numel, T.CreateTruncating(min), T.CreateTruncating(max), counts.Shape[0], pins.At<T>(1));
        }
    }
}
