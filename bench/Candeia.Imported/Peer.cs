using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Candeia.Imported;

/// <summary>ONNX Runtime with a file and its inputs.</summary>
sealed class Peer : IDisposable
{
    readonly InferenceSession _session;
    readonly NamedOnnxValue[] _inputs;

    public Peer(string path, Tensor[] inputs, int threads)
    {
        using SessionOptions options = new() { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new(path, options);
        _inputs = [.. _session.InputNames.Select((name, i) => inputs[i].DType == DType.Int64
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(inputs[i].ToArray<long>(), [.. inputs[i].Shape]))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(inputs[i].ToArray<float>(), [.. inputs[i].Shape])))];
    }

    public void Run() => _session.Run(_inputs).Dispose();

    public void Dispose() => _session.Dispose();
}
