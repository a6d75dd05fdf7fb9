using Candeia.NN;

namespace Candeia.Onnx;

/// <summary>Networks as ONNX files, which other programs run: ONNX Runtime, browsers, phones.</summary>
public static class OnnxExport
{
    const int Opset = 17, Ir = 8;

    /// <summary>Writes a network to an ONNX file of opset 17, as it computes in evaluation, with the weights that it has now under their names.</summary>
    /// <remarks>The network is run on the example, and on a larger batch to see what depends on its size, and what it computes is written down.</remarks>
    /// <param name="model">The network.</param>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="example">An input: [n, …] of the type and sizes that the file is to take. What is in it does not matter.</param>
    /// <param name="freeBatch">Whether the file is to take batches of any size; otherwise it takes that of the example.</param>
    /// <exception cref="OnnxException">The network does what a file cannot say, such as choosing by a value: the message says what, and in which line.</exception>
    /// <example><code>
    /// var model = new Sequential(new Linear(3, 8), new ReLU(), new Linear(8, 1));
    /// model.ExportOnnx("model.onnx", Tensor.Zeros([1, 3]));
    /// Console.WriteLine(OnnxModel.Load("model.onnx").Forward(Tensor.Ones([5, 3])).Shape);      // → [5, 1]
    /// </code></example>
    public static void ExportOnnx(this Layer model, string path, Tensor example, bool freeBatch = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(example);
        model.ExportOnnx(path, x => [model.Forward(x[0])], [("input", example)], ["output"], freeBatch);
    }

    /// <summary>Writes what a network computes of several inputs, or several results, to an ONNX file.</summary>
    /// <param name="model">The network whose weights are used.</param>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="forward">What is computed: the results for the inputs.</param>
    /// <param name="inputs">Names and examples of the inputs; the first dimension of the first one is the batch.</param>
    /// <param name="outputs">Names of the results.</param>
    /// <param name="freeBatch">Whether the file is to take batches of any size: then all inputs whose first dimension is that of the first one have the batch there.</param>
    /// <exception cref="OnnxException">The network does what a file cannot say: the message says what, and in which line.</exception>
    public static void ExportOnnx(
        this Module model, string path, Func<Tensor[], Tensor[]> forward, IReadOnlyList<(string Name, Tensor Example)> inputs, IReadOnlyList<string> outputs, bool freeBatch = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        using var noGrad = Autograd.NoGrad();
        using var evaluation = Mode.Evaluation();
        // What is no part of the state is a constant.
        var state = model.StateDict();
        var weights = model.NamedParameters().Concat(model.NamedBuffers()).Where(w => state.ContainsKey(w.Item1)).ToArray();
        Exporter.Run Run(Tensor[] x)
        {
            Recorder recorder = new([.. x, .. weights.Select(w => w.Item2)]);
            var y = Tracing.Watch(recorder, () => forward(x));
            if (y.Length != outputs.Count) throw new ArgumentException($"The network has {y.Length} results, and {outputs.Count} names are given.");
            return new(x, y, recorder);
        }
        Tensor[] examples = [.. inputs.Select(i => i.Example.Detach())];
        bool larger = freeBatch && examples.Length > 0 && examples[0] is { Rank: > 0, Numel: > 0 };
        // Batches of one are like nothing else: what is 1 broadcasts, and every order of dimensions is the same.
        if (larger && examples[0].Shape[0] == 1) examples = Larger(examples);
        var one = Run(examples);
        var two = larger ? Run(Larger(examples)) : one;
        Exporter exporter = new(one, two, [.. inputs.Select(i => i.Name)], outputs, weights);
        ModelMessage message = new() { IrVersion = Ir, Producer = "Candeia", ProducerVersion = typeof(Tensor).Assembly.GetName().Version!.ToString(3), Graph = exporter.Graph };
        message.Opsets.Add(("", Opset));
        WholeFile.Write(path, MessageWriter.Model(message));
    }

    static Tensor[] Larger(Tensor[] examples) => Array.ConvertAll(examples, x => x.Rank > 0 && x.Shape[0] == examples[0].Shape[0] ? Tensor.Cat([x, x.Narrow(0, 0, 1)]) : x);
}
