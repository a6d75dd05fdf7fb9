using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Connectionist temporal classification on the CPU.</summary>
internal static unsafe class CtcCalls
{
    /// <summary>Inputs: log probabilities, labels, steps, counts.</summary>
    public static void Losses(int blank, bool zeroInfinity, ReadOnlySpan<Tensor> x, Tensor losses) =>
        Run(new(blank, zeroInfinity, x[0].Contiguous(), x[1].Contiguous(), x[2].Contiguous(), x[3].Contiguous(), losses, null));

    /// <summary>Inputs: the gradient of the losses, log probabilities, labels, steps, counts.</summary>
    public static void Gradients(int blank, bool zeroInfinity, ReadOnlySpan<Tensor> x, Tensor dx) =>
        Run(new(blank, zeroInfinity, x[1].Contiguous(), x[2].Contiguous(), x[3].Contiguous(), x[4].Contiguous(), x[0].Contiguous(), dx));

    static void Run(Call call) => Numbers.RunFloat(call.DType, call);

    readonly struct Call(int blank, bool zeroInfinity, Tensor x, Tensor labels, Tensor steps, Tensor counts, Tensor losses, Tensor? dx) : IFloatCall
    {
        public DType DType => x.DType;

        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, labels, steps, counts, losses, dx);
            int n = x.Shape[1];
            Workers.Run(n, new Ctc<T>(blank, zeroInfinity, x.Shape[0], n, x.Shape[2], labels.Shape[1], p.At<T>(0), p.At<long>(1), p.At<long>(2), p.At<long>(3), p.At<T>(4), p.At<T>(5)));
        }
    }
}
