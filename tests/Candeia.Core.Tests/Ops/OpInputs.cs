namespace Candeia.Tests;

/// <summary>Values for the ops of the table.</summary>
static class OpInputs
{
    /// <summary>Inputs that differ from each other by enough for a finite difference not to change an order.</summary>
    public static Tensor[] Of(OpTable.Row row, DType dtype, bool gradients = false)
    {
        var g = new Generator(17);
        int total = (int)row.Shapes.Sum(s => s.Numel), at = 0;
        double[] values = [.. Enumerable.Range(0, total).Select(i => row.Low + (row.High - row.Low) * (i + 0.37) / total)];
        g.Shuffle<double>(values);
        return [.. row.Shapes.Select(shape =>
        {
            var x = Tensor.From(values.AsSpan(at, (int)shape.Numel), shape).To(dtype);
            at += (int)shape.Numel;
            x.RequiresGrad = gradients;
            return x;
        })];
    }
}
