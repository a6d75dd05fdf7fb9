using TorchSharp;
using static TorchSharp.torch;

namespace Candeia.Compare;

sealed class TorchOperands(int[] shape, bool columns) : Operands<Tensor>(shape, columns)
{
    protected override Tensor Make(float[] values, int[] shape) => tensor(values, Long(shape));

    protected override Tensor Make(long[] values, int[] shape) => tensor(values, Long(shape));

    protected override Tensor Make(bool[] values, int[] shape) => tensor(values, Long(shape));

    protected override Tensor Transposed(Tensor matrix) => matrix.t();

    protected override Tensor Kept(Tensor made) => made.DetachFromDisposeScope();

    static long[] Long(int[] shape) => [.. shape.Select(d => (long)d)];
}
