namespace Candeia.Kernels;

/// <summary>What a convolution does with each 2×2 pixels of its output before it writes them; the last odd row and column are dropped.</summary>
internal enum ConvPool { None, Average, Max }
