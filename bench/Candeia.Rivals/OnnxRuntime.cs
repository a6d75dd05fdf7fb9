using Microsoft.ML.OnnxRuntime;

namespace Candeia.Compare;

/// <summary>ONNX Runtime's side: predictions of the network that ours has exported.</summary>
static class OnnxRuntime
{
    public static Measure Measure(string folder, double seconds)
    {
        using var session = Open(folder, "some");
        using var x = Batch(folder, "some");
        var output = Predict(session, x).Average(Math.Abs);
        var (ms, _) = Timing.Median(() => Predict(session, x), seconds);
        return new(output, ms, Experiments.Machine.PeakMemory() / 1048576.0);
    }

    public static float First(string folder)
    {
        using var session = Open(folder, "one");
        using var x = Batch(folder, "one");
        return Predict(session, x)[0];
    }

    static InferenceSession Open(string folder, string name)
    {
        using SessionOptions options = new() { IntraOpNumThreads = Environment.ProcessorCount };
        return new(Path.Combine(folder, $"{name}.onnx"), options);
    }

    static float[] Predict(InferenceSession session, OrtValue x)
    {
        using RunOptions run = new();
        using var results = session.Run(run, [session.InputNames[0]], [x], [session.OutputNames[0]]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    static OrtValue Batch(string folder, string name)
    {
        var x = Saved.Load(Path.Combine(folder, "batch.safetensors"))[name];
        return x.IsWhole ? OrtValue.CreateTensorValueFromMemory(x.Longs, x.Shape) : OrtValue.CreateTensorValueFromMemory(x.Floats, x.Shape);
    }
}
