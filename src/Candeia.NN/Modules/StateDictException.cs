namespace Candeia.NN;

/// <summary>A state dict that does not fit the module or optimizer that was to load it.</summary>
public sealed class StateDictException(string message) : Exception(message)
{
    internal static StateDictException For(string type, LoadReport report) => new(string.Join("\n  ", [$"The state does not fit {type}:", .. report.Lines()]));
}
