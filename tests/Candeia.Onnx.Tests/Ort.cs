using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Candeia.Onnx.Tests;

/// <summary>ONNX Runtime: what a file gives elsewhere.</summary>
static class Ort
{
    public static Tensor[] Run(string path, params Tensor[] inputs)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(path, options);
        using var results = session.Run([.. session.InputNames.Select((name, i) => Given(name, inputs[i]))]);
        return [.. results.Select(Taken)];
    }

    static NamedOnnxValue Given(string name, Tensor x) => x.DType switch
    {
        DType.Float32 => NamedOnnxValue.CreateFromTensor(name, Dense<float>(x)),
        DType.Int64 => NamedOnnxValue.CreateFromTensor(name, Dense<long>(x)),
        DType.Float64 => NamedOnnxValue.CreateFromTensor(name, Dense<double>(x)),
        DType.Int32 => NamedOnnxValue.CreateFromTensor(name, Dense<int>(x)),
        DType.UInt8 => NamedOnnxValue.CreateFromTensor(name, Dense<byte>(x)),
        DType.Int8 => NamedOnnxValue.CreateFromTensor(name, Dense<sbyte>(x)),
        DType.Bool => NamedOnnxValue.CreateFromTensor(name, Dense<bool>(x)),
        _ => throw new NotSupportedException($"{x.DType}"),
    };

    static DenseTensor<T> Dense<T>(Tensor x) where T : unmanaged => new(x.Detach().ToArray<T>(), [.. x.Shape]);

    static Tensor Taken(DisposableNamedOnnxValue value) => value.Value switch
    {
        DenseTensor<float> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        DenseTensor<long> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        DenseTensor<double> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        DenseTensor<int> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        DenseTensor<byte> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        DenseTensor<sbyte> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        DenseTensor<bool> t => Tensor.From(t.ToArray(), Shape.Create(t.Dimensions)),
        var other => throw new NotSupportedException($"{other.GetType()}"),
    };
}
