namespace Candeia.Gpu.Tests;

/// <summary>The ops of the table on a device of OpenCL: values and gradients are the processor's, but for rounding.</summary>
[Collection(nameof(Gpu))]
public class EveryOpTests
{
    public static TheoryData<string, DType> Rows
    {
        get
        {
            TheoryData<string, DType> rows = [];
            foreach (var row in OpTable.Applied) foreach (var dtype in (DType[])[DType.Float32, DType.Float64]) rows.Add(row.Name, dtype);
            return rows;
        }
    }

    static Tensor Weighted(Tensor y) => (y.To(DType.Float64) * Tensor.From([.. Enumerable.Range(0, (int)y.Numel).Select(i => Math.Cos(i + 1.0))], y.Shape).To(y.Device)).Sum();

    /// <summary>The values of an op and the gradients of its inputs, somewhere.</summary>
    internal static double[][] Run(OpTable.Row row, DType dtype, Device device)
    {
        var inputs = OpInputs.Of(row, dtype).Select(x => x.To(device)).ToArray();
        foreach (var x in inputs) x.RequiresGrad = row.Smooth;
        var y = row.Run(inputs);
        double[] values = y.ToArray<double>();
        return row.Smooth ? [values, .. Autograd.Gradients(Weighted(y), inputs).Select(g => g.ToArray<double>())] : [values];
    }

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void Values_and_gradients_are_the_processors(string name, DType dtype)
    {
        var row = OpTable.Applied.Single(r => r.Name == name);
        double[][] there = Run(row, dtype, Gpu.Device), here = Run(row, dtype, Device.Cpu);
        double rounding = dtype == DType.Float64 ? 1e-12 : 2e-5;
        Assert.Equal(here.Length, there.Length);
        foreach (var (expected, got) in here.Zip(there))
        {
            Assert.Equal(expected.Length, got.Length);
            for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], rounding * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
