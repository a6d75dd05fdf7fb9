using Candeia.Datasets;
using Candeia.Distributed;
using Candeia.Experiments;
using Candeia.Gpu;
using Candeia.Images;
using Candeia.Onnx;
using Candeia.Text;

namespace Candeia.Cli;

/// <summary>What a person reads when a command fails.</summary>
static class Failure
{
    /// <summary>The message alone where it tells the user what to mend; everything where the fault is ours.</summary>
    public static string Describe(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        UserException or DatasetException or TensorFileException or OnnxException or ImageFormatException or TokenizerException or DistributedException or GpuException or IOException => OneLine(e.Message),
        UnauthorizedAccessException => OneLine(e.Message.TrimEnd('.')) + ". Change its permissions, or name another one.",
        OutOfMemoryException => "There is not enough memory. Take a smaller --batch-size, or fewer items.",
        _ => $"This is a fault of candeia, please report it: {e}",
    };

    /// <summary>What files and folders hold is repeated, but moves no cursor and changes no colour.</summary>
    public static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return string.Concat(line.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
