using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>A picture with what people have marked in it, or said of it.</summary>
/// <param name="Scene">The picture, bytes, with boxes, masks, key points and labels as far as there are any.</param>
/// <param name="Captions">Sentences about the picture.</param>
/// <param name="Id">What finds it again, such as its file.</param>
public sealed record AnnotatedImage(Annotated Scene, IReadOnlyList<string> Captions, string Id);

/// <summary>Two pictures that belong together.</summary>
/// <param name="First">One of them; of pictures and their outlines what a network is given.</param>
/// <param name="Second">The other one.</param>
/// <param name="Label">1 where both show the same, 0 where they do not.</param>
/// <param name="Id">What finds them again, such as their files.</param>
public sealed record ImagePair(Image First, Image Second, int Label, string Id);
