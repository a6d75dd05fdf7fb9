using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Gpu.Tests;

/// <summary>Every text that the ops of the table and three networks make is CUDA C++ as well: clang makes PTX of it, for the oldest and a new kind of NVIDIA's processors.</summary>
[Collection(nameof(Gpu))]
public sealed class PtxTests : IDisposable
{
    const int Most = 40;
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // What asks for values ends there, for the device computes nothing: its texts are made by then.
    static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException)
        {
        }
    }

    static void Train(GpuDevice device, Func<Layer> make, Func<Layer, Optimizer> optimizer, Shape x, Tensor y, Func<Tensor, Tensor, Tensor> loss)
    {
        var model = make().To(device);
        var steps = optimizer(model);
        loss(model.Forward(Tensor.Zeros(x).To(device)), y.To(device)).Backward();
        steps.Step();
    }

    /// <summary>All texts, with the prelude of CUDA.</summary>
    static string[] Texts()
    {
        var driver = new FakeDriver { Prelude = CudaPrelude.Text, CanRead = false };
        var device = new GpuDevice("fake:0", driver);
        foreach (var row in OpTable.Applied) foreach (var dtype in (DType[])[DType.Float32, DType.Float64])
            {
                Try(() => EveryOpTests.Apply(row, dtype, device));
                device.Chain.Flush();                                        // what waits is no part of the next row
            }
        foreach (var dtype in (DType[])[DType.Bool, DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16])
        {
            var x = Tensor.Zeros([3, 4], device: device).To(dtype);
            _ = (x.T().Contiguous(), x.To(DType.Float64), x.To(DType.Int64), x.Sum(1), x > 2, dtype == DType.Bool ? x : x * x + x.Abs().FloorDivide(x));
        }
        Train(device, () => new CorrelationNet(), m => new Adam(m.Parameters()), [2, 1, 130, 130], Tensor.From([0.3f, -0.6f], [2, 1]), (y, t) => y.MseLoss(t));
        Train(device, () => new ResNet([2, 2, 2, 2], classes: 10, width: 8, smallImages: true), m => new SGD(m.Parameters(), 0.05, momentum: 0.9), [4, 3, 16, 16], Tensor.From([1L, 7, 0, 3]),
            (y, t) => y.CrossEntropyLoss(t));
        Train(device, () => new TransformerEncoderLayer(16, 4, feedforward: 32, dropout: 0.2), m => new AdamW(m.Parameters()), [3, 5, 16], Tensor.Zeros([3, 5, 16]), (y, t) => y.MseLoss(t));
        device.Chain.Flush();
        return [.. driver.Texts];
    }

    [SkippableFact]
    public void Clang_makes_ptx_of_every_text()
    {
        Skip.If(Clang.Program is null, "There is no clang 16 or later here, which makes PTX without CUDA: apt-get install clang-16.");
        string[] texts = Texts();
        Console.WriteLine($"{texts.Length} texts");
        Assert.InRange(texts.Length, 300, 3000);
        List<string> files = [];
        foreach (var chunk in texts.Chunk(Most))
        {
            files.Add($"kernels{files.Count}.cu");
            File.WriteAllText(Path.Combine(_folder.Path, files[^1]), Clang.Together(chunk));
        }
        var failures = files.SelectMany(file => (string[])["sm_70", "sm_90"], (file, architecture) => (File: file, Architecture: architecture)).AsParallel()
            .Select(each => (each, Result: Clang.Compile(_folder.Path, each.File, each.Architecture))).Where(each => each.Result.Code != 0)
            .Select(each => $"{each.each}: {each.Result.Output}").ToArray();
        Assert.True(failures.Length == 0, string.Join('\n', failures));
        int kernels = Directory.GetFiles(_folder.Path, "*.sm_90.ptx").Sum(file => File.ReadLines(file).Count(line => line.Contains(".entry run", StringComparison.Ordinal)));
        Assert.Equal(texts.Length, kernels);
    }
}
