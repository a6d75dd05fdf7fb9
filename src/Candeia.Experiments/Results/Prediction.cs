namespace Candeia.Experiments;

/// <summary>What the network says of one image beside what is true.</summary>
readonly record struct Prediction(string Id, float Truth, float Predicted);
