using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Tensors for the kernels that sort and select.</summary>
internal static unsafe class OrderCalls
{
    /// <summary>The positions of what is wanted along a dimension, and the elements that are there.</summary>
    public static void Run(Tensor x, int dim, Ordered want, int k, bool descending, Tensor values, Tensor positions)
    {
        var lines = LineCalls.Lines(x, positions, dim);
        var order = new Ordering(lines, LineCalls.Length(x, dim), LineCalls.Stride(x, dim), LineCalls.Stride(positions, dim), want, k, descending);
        Numbers.RunReal(x.DType, new Order(order, x, positions));
        IndexCalls.Read(x, dim, positions, values);
    }

    readonly ref struct Order(Ordering order, Tensor x, Tensor positions) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var pins = Pins.Of(x, positions);
            order.Go(pins.At<T>(0), pins.At<long>(1));
        }
    }
}
