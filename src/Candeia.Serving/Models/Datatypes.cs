namespace Candeia.Serving;

/// <summary>The names that the Open Inference Protocol has for element types.</summary>
static class Datatypes
{
    static readonly (DType DType, string Name)[] s_names =
    [
        (DType.Bool, "BOOL"), (DType.UInt8, "UINT8"), (DType.Int8, "INT8"), (DType.Int16, "INT16"), (DType.Int32, "INT32"), (DType.Int64, "INT64"),
        (DType.Float16, "FP16"), (DType.BFloat16, "BF16"), (DType.Float32, "FP32"), (DType.Float64, "FP64"),
    ];

    /// <exception cref="ArgumentException">The protocol has no complex numbers.</exception>
    public static string NameOf(DType dtype) => s_names.FirstOrDefault(n => n.DType == dtype).Name
        ?? throw new ArgumentException($"The Open Inference Protocol has no {dtype.Name()}; a model that is served takes and gives real numbers.", nameof(dtype));
}
