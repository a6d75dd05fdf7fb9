using System.Globalization;
using Candeia.NN;
using Candeia.Onnx;
using Candeia.Serving;

namespace Candeia.Experiments;

/// <summary>An ONNX file: what it takes and gives is what it says of itself.</summary>
sealed class ServedOnnx : IServedModel
{
    readonly OnnxModel _model;

    ServedOnnx(OnnxModel model, string file)
    {
        _model = model;
        Inputs = [.. model.Inputs.Select(v => Value(v, file))];
        Outputs = [.. model.Outputs.Select(v => Value(v, file))];
    }

    /// <exception cref="OnnxException">The file is damaged, or has operators that are not known.</exception>
    /// <exception cref="UserException">It does not say what it takes.</exception>
    public static IServedModel Open(string file) => new ServedOnnx(OnnxModel.Load(file), file);

    public IReadOnlyList<ModelValue> Inputs { get; }

    public IReadOnlyList<ModelValue> Outputs { get; }

    public string Platform => "onnx_onnxv1";

    /// <summary>Only a batch that is free everywhere, and has one name where it has any, can hold the items of several requests.</summary>
    public bool Batches
    {
        get
        {
            string[] first = [.. _model.Inputs.Concat(_model.Outputs).Select(v => v.Dims is { IsDefault: false, Length: > 0 } ? v.Dims[0] : "1")];
            return first.All(d => !int.TryParse(d, CultureInfo.InvariantCulture, out _)) && first.Distinct().Count() == 1;
        }
    }

    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        using var off = Autograd.NoGrad();
        using var mode = Mode.Evaluation();
        try
        {
            return _model.Run([.. inputs]);
        }
        catch (OnnxException fault)
        {
            throw new ArgumentException(fault.Message, fault);
        }
    }

    static ModelValue Value(OnnxValue value, string file) => value is { DType: { } dtype, Dims.IsDefault: false } && !dtype.IsComplex()
        ? new(value.Name, dtype, [.. value.Dims.Select(d => int.TryParse(d, CultureInfo.InvariantCulture, out int size) ? size : -1)])
        : throw new UserException($"'{file}' has {Clean(value)}, which the protocol cannot send; only tensors of real numbers whose rank is known can be served.");

    static string Clean(OnnxValue value) => $"'{(value.Name.Length <= 40 ? value.Name : value.Name[..40] + "…")}'";
}
