using Candeia.Tests;

namespace Candeia.Platforms;

/// <summary>What every op of the table gives, and its gradients, in a file of tensors.</summary>
static class Ops
{
    public static void Save(string file)
    {
        var results = new Dictionary<string, Tensor>();
        foreach (var dtype in (DType[])[DType.Float32, DType.Float64])
            foreach (var row in OpTable.Applied)
            {
                Generator.Seed(1);
                var inputs = OpInputs.Of(row, dtype, row.Smooth);
                var y = row.Run(inputs);
                results.Add($"{dtype.Name()} {row.Name}", y.Detach().Clone());
                if (!row.Smooth) continue;
                var gradients = Autograd.Gradients((y.To(DType.Float64) * Weights(y.Shape)).Sum(), inputs);
                for (int i = 0; i < gradients.Length; i++) results.Add($"{dtype.Name()} {row.Name}: gradient {i}", gradients[i].Clone());
            }
        Safetensors.Save(file, results);
        Console.WriteLine($"{OpTable.Applied.Count} rows, {results.Count} tensors");
    }

    /// <summary>Numbers that differ, so that no error is lost in a sum; made of divisions alone, which are the same everywhere.</summary>
    static Tensor Weights(Shape shape) => Tensor.From([.. Enumerable.Range(0, (int)shape.Numel).Select(i => (i * 7 % 11 - 5) / 4.0 + 0.1)], shape);
}
