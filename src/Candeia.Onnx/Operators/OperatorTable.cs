namespace Candeia.Onnx;

/// <summary>All operators that are known.</summary>
internal static class OperatorTable
{
    static readonly Dictionary<(string Domain, string Name), Operator[]> s_all = new Operator[][]
    {
        ElementwiseOperators.All, ActivationOperators.All, ReductionOperators.All, MovementOperators.All, IndexingOperators.All, CreationOperators.All,
        MatrixOperators.All, ConvolutionOperators.All, PoolingOperators.All, NormalizationOperators.All, ControlOperators.All,
        ResizeOperators.All, SamplingOperators.All, RecurrentOperators.All, AttentionOperators.All, LossOperators.All, SignalOperators.All,
        QuantizationOperators.All, DetectionOperators.All,
    }.SelectMany(o => o).GroupBy(o => (o.Domain, o.Name)).ToDictionary(g => g.Key, g => g.OrderBy(o => o.Since).ToArray());

    /// <summary>The newest opset whose operators are known.</summary>
    public const int Newest = 28;

    /// <summary>The names of all operators.</summary>
    public static IEnumerable<string> Names => s_all.Keys.Where(k => k.Domain.Length == 0).Select(k => k.Name);

    /// <summary>An operator as it is in a version of its domain; null where there is none.</summary>
    public static Operator? Find(string domain, string name, int opset) =>
        s_all.TryGetValue((domain == "ai.onnx" ? "" : domain, name), out var versions) ? Array.FindLast(versions, o => o.Since <= opset) : null;
}
