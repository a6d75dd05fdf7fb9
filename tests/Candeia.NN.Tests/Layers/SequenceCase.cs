using Candeia.NN;

namespace Candeia.Tests;

/// <summary>A golden case of a layer with weights: what comes out, the gradients of inputs and weights, and the state dict both ways.</summary>
static class SequenceCase
{
    /// <param name="c">The case.</param>
    /// <param name="layer">The layer, which gets the case's weights.</param>
    /// <param name="run">What it makes of the inputs, in the order of PyTorch's outputs. Other tensors of the case are given by their names.</param>
    public static void Check(GoldenCase c, Module layer, Func<Tensor[], Func<string, Tensor?>, Tensor[]> run)
    {
        foreach (var dtype in (DType[])[DType.Float64, DType.Float32])
        {
            double tolerance = dtype == DType.Float64 ? 1e-11 : 2e-5;
            layer.To(dtype);
            var names = layer.StateDict().Keys.ToArray();
            Assert.Equal(c.Arrays.Keys.Where(names.Contains).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
            layer.LoadStateDict(names.ToDictionary(n => n, n => c[n].Tensor.To(dtype)));
            foreach (var (name, value) in layer.StateDict()) c[name].AssertNear(value, 0);
            Dictionary<string, Tensor> given = [];
            foreach (var (key, array) in c.Arrays)
            {
                if (names.Contains(key) || key.StartsWith("output", StringComparison.Ordinal) || key.StartsWith("grad", StringComparison.Ordinal)) continue;
                given[key] = array.Type == SafetensorsType.F64 ? array.Tensor.To(dtype) : array.Tensor;
                given[key].RequiresGrad = c.Find(GradOf(key)) is not null;
            }
            foreach (var p in layer.Parameters()) p.Grad = null;
            var outputs = run([.. c.Inputs.Select((_, i) => given[$"input{i}"])], given.GetValueOrDefault);
            Assert.Equal(c.Outputs.Count, outputs.Length);
            for (int i = 0; i < outputs.Length; i++) c.Outputs[i].AssertNear(outputs[i], tolerance);
            outputs.Select((y, i) => (y * c[$"grad_output{i}"].Tensor.To(dtype)).Sum()).Aggregate((a, b) => a + b).Backward();
            foreach (var (key, tensor) in given.Where(g => g.Value.RequiresGrad)) c[GradOf(key)].AssertNear(tensor.Grad ?? Tensor.ZerosLike(tensor), 20 * tolerance);
            foreach (var (name, p) in layer.NamedParameters()) c[$"grad_{name}"].AssertNear(p.Grad ?? Tensor.ZerosLike(p), 20 * tolerance);
        }
    }

    static string GradOf(string key) => key.StartsWith("input", StringComparison.Ordinal) ? $"grad{key[5..]}" : $"grad_{key}";
}
