using Candeia.Tests;

namespace Candeia.Devices.Tests;

/// <summary>The ops of the table on a device that has kernels for all of them, and on one that has none.</summary>
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
    static double[][] Run(OpTable.Row row, DType dtype, Device device)
    {
        var inputs = OpInputs.Of(row, dtype).Select(x => x.To(device)).ToArray();
        foreach (var x in inputs) x.RequiresGrad = row.Smooth;
        var y = row.Run(inputs);
        double[] values = y.ToArray<double>();
        return row.Smooth ? [values, .. Autograd.Gradients(Weighted(y), inputs).Select(g => g.ToArray<double>())] : [values];
    }

    static void Same(string name, DType dtype, ForeignDevice device)
    {
        var row = OpTable.Applied.Single(r => r.Name == name);
        double[][] here = Run(row, dtype, Device.Cpu), there = Run(row, dtype, device);
        double rounding = dtype == DType.Float64 ? 1e-12 : 2e-5;
        Assert.Equal(here.Length, there.Length);
        foreach (var (expected, got) in here.Zip(there))
        {
            Assert.Equal(expected.Length, got.Length);
            for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], rounding * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Values_and_gradients_are_the_processors(string name, DType dtype)
    {
        var device = new ForeignDevice();
        Same(name, dtype, device);
        Assert.Equal(0, device.Fallbacks);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_device_that_knows_nothing_gives_the_same_and_counts(string name, DType dtype)
    {
        var device = new ForeignDevice { Knows = _ => false };
        Same(name, dtype, device);
        Assert.Equal(0, device.Launches);
        Assert.True(device.Fallbacks > 0 || name is "transfer");
    }
}
