namespace Candeia.Gpu;

/// <summary>What is cut off a result on the way out: nothing, or what is below 0 and above a ceiling.</summary>
internal readonly record struct Bounds(bool Relu, double Ceiling)
{
    /// <summary>An expression within the bounds; a number <c>ceiling</c> is the upper one.</summary>
    public string Around(string value, string type) => !Relu ? value
        : double.IsPositiveInfinity(Ceiling) ? $"max_{type}({value}, (T)0)" : $"min_{type}(max_{type}({value}, (T)0), ceiling)";
}
