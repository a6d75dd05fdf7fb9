namespace Candeia.Gpu.Tests;

/// <summary>The ops of the table on a device of OpenCL, and on the driver class of CUDA: values and gradients are the processor's, but for rounding.</summary>
[Collection(nameof(Gpu))]
public class EveryOpTests
{
    public static TheoryData<string, DType, string> Rows
    {
        get
        {
            TheoryData<string, DType, string> rows = [];
            foreach (var row in OpTable.Applied)
                foreach (var dtype in (DType[])[DType.Float32, DType.Float64]) foreach (string device in (string[])["opencl", "cuda"]) rows.Add(row.Name, dtype, device);
            return rows;
        }
    }

    static Tensor Weighted(Tensor y) => (y.To(DType.Float64) * Tensor.From([.. Enumerable.Range(0, (int)y.Numel).Select(i => Math.Cos(i + 1.0))], y.Shape).To(y.Device)).Sum();

    /// <summary>The values of an op and the gradients of its inputs, somewhere.</summary>
    internal static double[][] Run(OpTable.Row row, DType dtype, Device device) => [.. Apply(row, dtype, device).Select(y => y.ToArray<double>())];

    /// <summary>The same, unread. In float64 each op is a kernel of its own; chains of ops are others in every row, and those of float32 are many enough to compile.</summary>
    internal static Tensor[] Apply(OpTable.Row row, DType dtype, Device device)
    {
        if (device is GpuDevice gpu) gpu.Chain.Most = dtype == DType.Float64 ? 1 : 16;
        var inputs = OpInputs.Of(row, dtype).Select(x => x.To(device)).ToArray();
        foreach (var x in inputs) x.RequiresGrad = row.Smooth;
        var y = row.Run(inputs);
        return row.Smooth ? [y, .. Autograd.Gradients(Weighted(y), inputs)] : [y];
    }

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void Values_and_gradients_are_the_processors(string name, DType dtype, string device)
    {
        var row = OpTable.Applied.Single(r => r.Name == name);
        double[][] there = Run(row, dtype, Gpu.Named(device)), here = Run(row, dtype, Device.Cpu);
        if (device == "cuda") Assert.Equal(there, Run(row, dtype, Gpu.Named(device)));           // launched once more, as it was the first time
        Gpu.Named(device).Chain.Most = 16;
        double rounding = dtype == DType.Float64 ? 1e-12 : 2e-5;
        Assert.Equal(here.Length, there.Length);
        foreach (var (expected, got) in here.Zip(there))
        {
            Assert.Equal(expected.Length, got.Length);
            for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], rounding * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
