namespace Candeia.NN;

/// <summary>A layer that has been applied.</summary>
/// <param name="Layer">What was applied.</param>
/// <param name="X">To what.</param>
/// <param name="Y">What came of it.</param>
/// <param name="MultiplyAdds">What that cost, where ops are counted, layers inside included.</param>
internal readonly record struct LayerCall(Layer Layer, Tensor X, Tensor Y, long MultiplyAdds);
