using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Tensors for the kernels that go along the lines of a dimension.</summary>
internal static unsafe class LineCalls
{
    /// <summary>Running sums.</summary>
    public static void Sum(Tensor x, int dim, Tensor y) => Numbers.Run(y.DType, new SumCall(Along(x, dim, y), x, y));

    /// <summary>Running products.</summary>
    public static void Product(Tensor x, int dim, Tensor y) => Numbers.Run(y.DType, new ProductCall(Along(x, dim, y), x, y));

    /// <summary>Logarithms of running sums of powers of e.</summary>
    public static void LogSumExp(Tensor x, int dim, Tensor y) => Numbers.RunFloat(y.DType, new LogSumExpCall(Along(x, dim, y), x, y));

    /// <summary>Where the largest or smallest element so far stands.</summary>
    public static void Records(Tensor x, int dim, bool smallest, Tensor positions) =>
        Numbers.RunReal(x.DType, new RecordsCall(new(Lines(x, positions, dim), Length(x, dim), Stride(x, dim), Stride(positions, dim), smallest), x, positions));

    static Scan Along(Tensor x, int dim, Tensor y)
    {
        int beside = x.Rank - 1;                                             // lines that lie beside each other in both go together
        while (beside >= 0 && (beside == dim || x.Shape[beside] == 1 || x.Layout.Strides[beside] != 1 || y.Layout.Strides[beside] != 1)) beside--;
        var lines = Lines(x, y, dim, beside);
        var run = beside >= 0 ? new Nest.Loop(x.Shape[beside], 1, 1, 0) : new(1, 0, 0, 0);
        return new(lines, run, Length(x, dim), Stride(x, dim), Stride(y, dim));
    }

    /// <summary>Where the largest or smallest element stands.</summary>
    public static void Search(Tensor x, int dim, bool smallest, Tensor positions) =>
        Numbers.RunReal(x.DType, new SearchCall(new(Lines(x, positions, dim), Length(x, dim), Stride(x, dim), smallest), x, positions));

    /// <summary>The loops over the lines of a dimension, with the strides of two tensors that have the same other dimensions; perhaps without one more.</summary>
    public static Nest Lines(Tensor x, Tensor y, int dim, int without = -1)
    {
        var lines = new Nest(x.Rank);
        for (int d = 0; d < x.Rank; d++)
            if (d != dim && d != without) lines.Add(new(x.Shape[d], x.Layout.Strides[d], y.Layout.Strides[d], 0));
        return lines;
    }

    /// <summary>The elements of a line; a number is one.</summary>
    public static int Length(Tensor x, int dim) => x.Rank == 0 ? 1 : x.Shape[dim];

    /// <summary>Their distance.</summary>
    public static long Stride(Tensor x, int dim) => x.Rank == 0 ? 1 : x.Layout.Strides[dim];

    readonly struct SumCall(Scan scan, Tensor x, Tensor y) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var pins = Pins.Of(x, y);
            scan.Go<T, AddStep<T>>(pins.At<T>(0), pins.At<T>(1));
        }
    }

    readonly struct ProductCall(Scan scan, Tensor x, Tensor y) : INumberCall
    {
        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var pins = Pins.Of(x, y);
            scan.Go<T, MultiplyStep<T>>(pins.At<T>(0), pins.At<T>(1));
        }
    }

    readonly struct LogSumExpCall(Scan scan, Tensor x, Tensor y) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var pins = Pins.Of(x, y);
            scan.Go<T, LogAddStep<T>>(pins.At<T>(0), pins.At<T>(1));
        }
    }

    readonly struct RecordsCall(Records records, Tensor x, Tensor positions) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var pins = Pins.Of(x, positions);
            records.Go(pins.At<T>(0), pins.At<long>(1));
        }
    }

    readonly struct SearchCall(Searching search, Tensor x, Tensor positions) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var pins = Pins.Of(x, positions);
            search.Go(pins.At<T>(0), pins.At<long>(1));
        }
    }
}
