using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Cross entropy of rows of scores on the CPU.</summary>
internal static unsafe class CrossEntropyCalls
{
    /// <summary>The loss of each row.</summary>
    public static void Forward(long ignored, Tensor scores, Tensor target, Tensor loss) =>
        Numbers.RunFloat(loss.DType, new Call(ignored, scores.Contiguous(), target.Contiguous(), loss, null));

    /// <summary>The gradient of the scores from that of the losses.</summary>
    public static void Gradient(long ignored, Tensor grad, Tensor scores, Tensor target, Tensor dx) =>
        Numbers.RunFloat(dx.DType, new Call(ignored, scores.Contiguous(), target.Contiguous(), grad.Contiguous(), dx));

    readonly struct Call(long ignored, Tensor scores, Tensor target, Tensor losses, Tensor? dx) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            nint rows = scores.Shape[0], classes = scores.Shape[1];
            using var p = Pins.Of(scores, target, losses, dx);
            if (dx is null) CrossEntropy.Run(p.At<T>(0), p.At<long>(1), p.At<T>(2), rows, classes, ignored);
            else CrossEntropy.Gradient(p.At<T>(0), p.At<long>(1), p.At<T>(2), p.At<T>(3), rows, classes, ignored);
        }
    }
}
