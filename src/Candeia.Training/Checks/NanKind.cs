namespace Candeia.Training;

/// <summary>What can be not a number in a training.</summary>
public enum NanKind
{
    /// <summary>An input of the batch.</summary>
    Input,
    /// <summary>The result of a layer.</summary>
    Activation,
    /// <summary>The loss, while all layers' results are finite.</summary>
    Loss,
    /// <summary>The gradient of a parameter.</summary>
    Gradient,
    /// <summary>A parameter, after the update.</summary>
    Parameter,
}
