namespace Candeia.Compare;

sealed class OurOperands(int[] shape, bool columns) : Operands<Tensor>(shape, columns)
{
    protected override Tensor Make(float[] values, int[] shape) => Tensor.From(values, [.. shape]);

    protected override Tensor Make(long[] values, int[] shape) => Tensor.From(values, [.. shape]);

    protected override Tensor Make(bool[] values, int[] shape) => Tensor.From(values, [.. shape]);

    protected override Tensor Transposed(Tensor matrix) => matrix.Transpose(0, 1);

    protected override Tensor Kept(Tensor made) => made.Keep();
}
