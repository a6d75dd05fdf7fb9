#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Which pixels are the pet?
// =========================
//
// A network that says of every pixel what it belongs to. U-Net goes down to coarse pictures, to see what is there, and up again, to see
// where exactly. With a folder that holds the Oxford-IIIT Pets, or in which they are to be downloaded, it learns the outlines of cats and
// dogs; without one it learns those of drawn shapes, in a minute or two.
//
//     dotnet run tutorials/pets-unet.cs                     shapes that the program draws
//     dotnet run tutorials/pets-unet.cs -- data             Oxford-IIIT Pets, 800 MB
//     dotnet run tutorials/pets-unet.cs -- "" 2 600         shapes, two epochs of 600

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call
string? root = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
int epochs = args.Length > 1 ? int.Parse(args[1]) : 8;


// 1. Pictures and masks
// ---------------------
// A mask has a number for each pixel: 1 where the pet is, 0 elsewhere. What moves and bends the picture does the same to the mask, and
// never mixes its numbers. The pets' own masks have 2 for the background, and 3 for the border, which counts as pet here.

int size = root is null ? 32 : 128;
Dataset<Annotated> all = root is null
    ? new Outlines(new DrawnShapes(args.Length > 2 ? int.Parse(args[2]) : 2500, size))
    : new PublishedScenes("oxford_pets_segmentation", root).Map(pet => pet.Scene with { Mask = new Mask(pet.Scene.Mask!.Values.Ne(2).To(DType.Int64)) });
var (train, valid) = all.Split(0.9, seed: 1);

Transform look = new Resize((size, size)).Then(new ToDtype(DType.Float32)), augment = new RandomHorizontalFlip().Then(new ColorJitter(0.2, 0.2, 0.2)).Then(look);
Sample Prepared(Annotated scene) => new(scene.Image, scene.Mask!.Values.To(DType.Float32).Unsqueeze(0));
Dataset<Sample> learning = train.Map((scene, generator) => Prepared(augment.Apply(scene, generator))), testing = valid.Map(scene => Prepared(look.Apply(scene)));


// 2. A network and its loss
// -------------------------
// One output for each pixel. The cross entropy asks each pixel for itself; Dice's loss asks how well the whole masks cover each other.

var net = new UNet(classes: 1, width: root is null ? 16 : 32, depth: root is null ? 3 : 4);
var fitted = net
    .Setup((scores, mask) => scores.BceWithLogitsLoss(mask) + scores.Sigmoid().DiceLoss(mask), p => new AdamW(p, 3e-3), new BinaryIou(FromLogits: true))
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(3e-3, steps), Per.Batch))
    .Fit(learning.Loader(16, shuffle: true, workers: 2), epochs, testing.Loader(16, workers: 2));
Console.WriteLine(fitted);


// 3. A look at it
// ---------------

net.Eval();
List<Image> seen = [];
foreach (var sample in testing[..8])
{
    var mask = net.Forward(sample.X.Unsqueeze(0))[0, 0] > 0;
    seen.Add(Image.FromTensor(sample.X).DrawSegmentationMasks(new Mask(mask), alpha: 0.6, [new Rgb(255, 60, 0)]));
}
Image.Grid(seen, columns: 4, zoom: root is null ? 3 : 1).Save("masks.png");
Console.WriteLine($"IoU {fitted.History.Epochs[^1]["valid_iou"]:0.000}");


/// <summary>Shapes with a mask of one class.</summary>
sealed class Outlines(DrawnShapes shapes) : Dataset<Annotated>
{
    public override int Count => shapes.Count;

    public override Annotated this[int index] => shapes.Scene(index) is var scene ? new(scene.Image, Mask: new Mask((scene.Mask!.Values > 0).To(DType.Int64))) : null!;
}
